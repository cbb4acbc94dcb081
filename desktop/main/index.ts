import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, nativeImage, powerMonitor, session, utilityProcess } from 'electron';
import electronUpdater from 'electron-updater';
import { pino } from 'pino';
import type { SyncState } from '../../shared/bridge/bridge-contract.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { APP_VERSION } from '../../shared/protocol/app-version.ts';
import { startCore } from '../core/start-core.ts';
import { AccountDesk } from '../host/account-desk.ts';
import { DEEP_LINK_SCHEME } from '../host/deep-link.ts';
import { createHostBridge } from '../host/host-bridge.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { announceTo, serveBridge } from './bridge-ipc.ts';
import { electronSecretStore } from './electron-secret-store.ts';
import { createElectronShell } from './electron-shell.ts';
import { FollowedLinks } from './followed-links.ts';
import { LocalServer } from './local-server.ts';
import { HIDDEN, StartAtLogin } from './presence/start-at-login.ts';
import { HostLanguage } from './presence/host-language.ts';
import { openTray } from './presence/tray.ts';
import { limitPermissions } from './security/limit-permissions.ts';
import { findFeed } from './updates/feed-address.ts';
import { LaunchRecord } from './updates/launch-record.ts';
import { Updater } from './updates/updater.ts';
import { openWindow } from './window.ts';

const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const { env } = process;
const log = pino({ level: env['LOG_LEVEL'] ?? 'warn' });
/** A start has lasted when nothing ended it for so long. */
const LASTED_MS = 60_000;
const LOOK_EVERY_MS = 4 * 3_600_000;

// Profiles of development and of tests live where they say; Electron's own files beside them.
if (env['DATA_DIR']) app.setPath('userData', path.join(env['DATA_DIR'], 'electron'));
const dataDir = env['DATA_DIR'] ?? app.getPath('userData');
const links = new FollowedLinks();
const language = new HostLanguage(path.join(dataDir, 'language.json'), app.getPreferredSystemLanguages());

registerAppScheme();
app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
// Windows shows notifications only of programs it can name.
app.setAppUserModelId('app.switchboard.desktop');
app.on('open-url', (event, url) => {
  event.preventDefault();
  links.take([url]);
});
links.take(process.argv.slice(1));

// One process holds the replicas: a second start shows the first one's window, and leaves it the link it was started with.
if (!app.requestSingleInstanceLock()) app.quit();
else
  start().catch((error: unknown) => {
    dialog.showErrorBox(language.words.couldNotStart, error instanceof Error ? error.message : String(error));
    app.exit(1);
  });

async function start(): Promise<void> {
  await app.whenReady();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  limitPermissions(session.defaultSession);
  serveApp(session.defaultSession, at('../renderer'));

  const localServer = new LocalServer({
    dataDir,
    fork: (settings) =>
      // Outside of the archive: its database is a program of its own.
      utilityProcess.fork(at('../server/sync-server/server.js').replace('app.asar', 'app.asar.unpacked'), [], {
        env: { ...env, ...settings },
        stdio: 'pipe',
        serviceName: 'Switchboard server',
      }),
    onProblem: (error) => log.error({ error }, 'the local server'),
  });
  const desk: AccountDesk = new AccountDesk({
    dataDir,
    profile: env['PROFILE'] ?? 'default',
    serverUrl: env['SERVER_URL'] ?? null,
    openCore: (account) =>
      startCore({
        ...account,
        deviceName: hostname(),
        log,
        secrets: electronSecretStore(path.join(account.profileDir, 'session.bin')),
        vault: electronSecretStore(path.join(account.profileDir, 'replica.key.bin')),
      }),
    newId,
    onAccounts: (accounts) => desk.publish('host', { kind: 'accounts', accounts }),
  });
  let quitting = false;
  const closeAll = async () => {
    quitting = true;
    await desk.closeAll();
    await localServer.stop();
  };

  const feed = findFeed(process.resourcesPath, env);
  const launches = new LaunchRecord(path.join(dataDir, 'launches.json'), APP_VERSION);
  const updater = new Updater({
    port: electronUpdater.autoUpdater,
    feedUrl: app.isPackaged ? feed.url : null,
    channel: feed.channel,
    version: APP_VERSION,
    launches,
    now: Date.now,
    onState: (update) => desk.publish('host', { kind: 'update', update }),
    prepareToQuit: closeAll,
  });
  if (launches.wayBack !== null && (await offerWayBack(launches.wayBack))) {
    const state = await updater.goBack(launches.wayBack ?? '');
    if (state.status === 'ready') return;
  }

  for (const { serverUrl } of desk.accounts)
    // Screens open without it: they read what is on this computer.
    if (localServer.isHere(serverUrl))
      void localServer.start().catch((error: unknown) => log.error({ error }, 'server'));
  // Where it cannot be opened, for instance because a newer version wrote it, the page says why, and can look for an update.
  await desk.start().catch((error: unknown) => log.error({ error }, 'the account could not be opened'));

  let window: BrowserWindow | null = null;
  const openOrShow = (hidden = false): void => {
    if (window && !window.isDestroyed()) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return;
    }
    const opened = openWindow({ preloadDir: at('../preload'), stateFile: path.join(dataDir, 'window.json'), hidden });
    window = opened;
    const hush = announceTo(opened, bridge);
    opened.webContents.on('did-finish-load', () =>
      links.showOn((link) => desk.publish('host', { kind: 'deep-link', link })),
    );
    opened.on('close', (event) => {
      if (quitting || !tray) return;
      // The line stays open: calls and changes still come, and the tray has the way out.
      event.preventDefault();
      opened.hide();
    });
    opened.on('closed', () => {
      hush();
      links.showOn(null);
      window = null;
    });
  };

  const login = new StartAtLogin(
    {
      app,
      autostartDir: path.join(env['XDG_CONFIG_HOME'] ?? path.join(app.getPath('home'), '.config'), 'autostart'),
      // An AppImage runs from a folder that is another one each time.
      program: env['APPIMAGE'] ?? process.execPath,
    },
    process.platform,
  );
  let waiting = 0;
  let sync: SyncState | null = null;
  const refreshTray = () => tray?.({ waiting, sync, startsAtLogin: login.isOn, words: language.words });
  const syncNow = () => void desk.call('sync.tryNow', {});
  const bridge = createHostBridge(
    desk,
    createElectronShell({
      login,
      updater,
      canUpdate: app.isPackaged && feed.url !== null,
      localServer,
      tell: (event) => desk.publish('host', event),
      show: openOrShow,
      window: () => window,
      onBadge: (count) => {
        waiting = count;
        refreshTray();
      },
      onLanguage: (spoken) => {
        language.choose(spoken);
        refreshTray();
      },
    }),
  );
  const icons = app.isPackaged ? path.join(process.resourcesPath, 'icons') : at('../../resources/icons');
  const tray = openTray(nativeImage.createFromPath(path.join(icons, trayIconName())), {
    show: openOrShow,
    syncNow,
    setStartAtLogin: (on) => login.set(on),
    quit: () => app.quit(),
  });
  desk.subscribe('sync', (state) => {
    sync = state;
    refreshTray();
  });
  desk.subscribe('session', (state) => {
    if (state.status === 'signed-out') sync = null;
    refreshTray();
  });
  refreshTray();

  serveBridge(ipcMain, bridge);
  openOrShow(process.argv.includes(HIDDEN));
  app.on('second-instance', (_event, argv) => {
    openOrShow();
    links.take(argv.slice(1));
  });
  app.on('activate', () => openOrShow());
  powerMonitor.on('resume', syncNow);
  powerMonitor.on('unlock-screen', syncNow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    // An update that is being started has closed everything already.
    if (quitting) return;
    event.preventDefault();
    launches.noteFine();
    void closeAll().then(() => app.exit(0));
  });
  setTimeout(() => launches.noteFine(), LASTED_MS);
  if (app.isPackaged && feed.url !== null) {
    void updater.check();
    setInterval(() => void updater.check(), LOOK_EVERY_MS);
  }
}

/** A template image follows the colour of the bar on a Mac. */
const trayIconName = (): string => (process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png');

async function offerWayBack(version: string): Promise<boolean> {
  const { words } = language;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: words.endedAgain,
    detail: words.wayBack(version),
    buttons: [words.goBack(version), words.startAnyway],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
