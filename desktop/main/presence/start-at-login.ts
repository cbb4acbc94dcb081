import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

export const HIDDEN = '--hidden';

type LoginParts = {
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  autostartDir: string;
  program: string;
};

/** Whether the app starts, without a window, when the person signs in to their computer. Linux has a folder for that, the others a call. */
export class StartAtLogin {
  private readonly parts: LoginParts;
  private readonly isLinux: boolean;

  constructor(parts: LoginParts, platform: NodeJS.Platform) {
    this.parts = parts;
    this.isLinux = platform === 'linux';
  }

  get isOn(): boolean {
    return this.isLinux ? existsSync(this.file) : this.parts.app.getLoginItemSettings({ args: [HIDDEN] }).openAtLogin;
  }

  set(on: boolean): void {
    if (!this.isLinux) this.parts.app.setLoginItemSettings({ openAtLogin: on, args: [HIDDEN] });
    else if (!on) rmSync(this.file, { force: true });
    else {
      mkdirSync(this.parts.autostartDir, { recursive: true });
      writeFileSync(this.file, desktopEntry(this.parts.program));
    }
  }

  private get file(): string {
    return path.join(this.parts.autostartDir, 'switchboard.desktop');
  }
}

/** As the Desktop Entry Specification 1.5 quotes a program with any characters in its path. */
export const desktopEntry = (program: string): string =>
  `[Desktop Entry]\nType=Application\nName=Switchboard\nExec="${program
    .replaceAll(/["`$\\]/g, String.raw`\$&`)
    .replaceAll('%', '%%')}" ${HIDDEN}\nX-GNOME-Autostart-enabled=true\n`;
