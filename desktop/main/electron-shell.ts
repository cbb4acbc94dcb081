import { app, Notification, shell, type BrowserWindow } from 'electron';
import type { HostEvent, UpdateState } from '../../shared/bridge/host-contract.ts';
import { APP_VERSION } from '../../shared/protocol/app-version.ts';
import type { HostShell } from '../host/host-bridge.ts';
import type { LocalServer } from './local-server.ts';
import type { StartAtLogin } from './presence/start-at-login.ts';
import type { Updater } from './updates/updater.ts';

type ShellParts = {
  login: StartAtLogin;
  updater: Updater;
  canUpdate: boolean;
  localServer: LocalServer;
  tell: (event: HostEvent) => void;
  show: () => void;
  window: () => BrowserWindow | null;
  onBadge: (count: number) => void;
  onLanguage: (language: string) => void;
};

/** What Electron can beside the core. */
export function createElectronShell(parts: ShellParts): HostShell {
  const { login, updater, canUpdate, localServer, tell, show } = parts;
  const open = new Map<string, Notification>();
  return {
    facts: () => ({
      kind: 'electron',
      platform: process.platform,
      appVersion: APP_VERSION,
      can: {
        update: canUpdate,
        startAtLogin: true,
        notify: Notification.isSupported(),
        badge: true,
        localServer: true,
      },
      startAtLogin: login.isOn,
    }),
    notify: ({ id, title, body, route, silent }) => {
      open.get(id)?.close();
      const shown = new Notification({ title, body, silent });
      // Kept, or it would be collected and its click lost.
      open.set(id, shown);
      shown.on('click', () => {
        show();
        tell({ kind: 'notification-clicked', id, route });
      });
      shown.on('close', () => void (open.get(id) === shown && open.delete(id)));
      shown.show();
    },
    setBadge: (count) => {
      app.setBadgeCount(count);
      if (process.platform === 'win32') parts.window()?.flashFrame(count > 0 && !parts.window()?.isFocused());
      parts.onBadge(count);
    },
    setStartAtLogin: (on) => {
      login.set(on);
      parts.onBadge(app.getBadgeCount());
    },
    setLanguage: (language) => parts.onLanguage(language),
    // The bridge has looked at its scheme.
    openLink: (url) => shell.openExternal(url),
    updateState: () => updater.state,
    checkForUpdate: (): Promise<UpdateState> => updater.check(),
    installUpdate: () => updater.install(),
    holdUpdate: (because) => updater.hold(because),
    startLocalServer: () => localServer.start(),
  };
}
