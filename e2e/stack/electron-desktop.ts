import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { Cable } from './cable.ts';
import type { DesktopHost, ServerStack } from './stack.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One desktop as Electron runs it: the app of `out/`, with its own data, on a cable of its own. */
export class ElectronDesktop implements DesktopHost {
  readonly cable: Cable;
  readonly profileDir: string;
  private readonly env: Record<string, string>;
  private app: ElectronApplication;

  private constructor(cable: Cable, dataDir: string, env: Record<string, string>, app: ElectronApplication) {
    this.cable = cable;
    this.profileDir = path.join(dataDir, 'profiles');
    this.env = env;
    this.app = app;
  }

  static async start(server: ServerStack, knowsServer = true): Promise<ElectronDesktop> {
    const cable = await Cable.lay(server.port);
    const dataDir = mkdtempSync(path.join(tmpdir(), 'switchboard-electron-'));
    const env = { DATA_DIR: dataDir, PROFILE: 'e2e', ...(knowsServer ? { SERVER_URL: cable.url } : {}) };
    return new ElectronDesktop(cable, dataDir, env, await launch(env));
  }

  async show(): Promise<Page> {
    return this.app.firstWindow();
  }

  async killAndRestart(): Promise<void> {
    const child = this.app.process();
    const gone = new Promise((resolve) => void child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    this.app = await launch(this.env);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.cable.remove();
    rmSync(this.env['DATA_DIR'] ?? '', { recursive: true, force: true });
  }
}

/** Without a display of its own a machine of CI has a virtual one (xvfb-run). */
const launch = (env: Record<string, string>): Promise<ElectronApplication> =>
  _electron.launch({ args: [root], env: { ...definedEnv(), ...env } });

const definedEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
