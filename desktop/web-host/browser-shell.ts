import { AppError } from '../../shared/kernel/app-error.ts';
import { APP_VERSION } from '../../shared/protocol/app-version.ts';
import { checkConnection } from '../host/check-connection.ts';
import type { HostShell } from '../host/host-bridge.ts';

const cannot = (message: string): never => {
  throw new AppError('not_allowed_now', message);
};

/** What a page in a browser can have: it notifies and counts by itself, and links open as in any page. */
export const createBrowserShell = (localUrl: string): HostShell => ({
  facts: () => ({
    kind: 'browser',
    platform: process.platform,
    appVersion: APP_VERSION,
    can: { update: false, startAtLogin: false, notify: false, badge: false, localServer: true },
    startAtLogin: false,
  }),
  notify: () => cannot('In a browser the page notifies you itself.'),
  setBadge: () => cannot('In a browser the page counts in its title.'),
  setStartAtLogin: () => cannot('In a browser Switchboard cannot start when you sign in to your computer.'),
  // All that it says it says in pages.
  setLanguage: () => {},
  openLink: async () => cannot('In a browser the page opens links itself.'),
  updateState: () => ({ status: 'idle' }),
  checkForUpdate: async () => cannot('Switchboard in a browser is updated where it was started.'),
  installUpdate: () => cannot('Switchboard in a browser is updated where it was started.'),
  holdUpdate: () => {},
  // npm start has started one beside us, unless it was told of another.
  startLocalServer: async () => {
    const check = await checkConnection(localUrl);
    return check.ok ? check.serverUrl : cannot(`${check.message} npm start starts a server on this computer.`);
  },
});
