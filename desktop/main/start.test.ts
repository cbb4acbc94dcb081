import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { FakeServer } from '../core/testing/fake-server.ts';

// The shell as it starts, with a real core: only Electron's own parts are stand-ins that note what is done with them.
const told: string[] = [];
const shell = vi.hoisted(() => ({
  app: null as unknown as EventEmitter & { quit: () => void },
  windows: [] as EventEmitter[],
  handle: null as ((event: unknown, method: string, args: unknown) => Promise<unknown>) | null,
  power: null as unknown as EventEmitter,
  exit: vi.fn(),
  sent: [] as unknown[],
  menus: [] as string[][],
}));

vi.mock('electron-updater', () => ({ default: { autoUpdater: { on: () => {}, setFeedURL: () => {} } } }));
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class Window extends Emitter {
    webContents = Object.assign(new Emitter(), {
      setWindowOpenHandler: () => {},
      send: (...args: unknown[]) => void shell.sent.push(args),
    });
    hidden = false;
    constructor() {
      super();
      shell.windows.push(this);
    }
    loadURL = async () => void setImmediate(() => this.webContents.emit('did-finish-load'));
    isDestroyed = () => false;
    isMinimized = () => false;
    isMaximized = () => false;
    getNormalBounds = () => ({ x: 0, y: 0, width: 800, height: 600 });
    show = () => void (this.hidden = false);
    hide = () => void (this.hidden = true);
    focus = () => {};
  }
  shell.power = new Emitter();
  shell.app = Object.assign(new Emitter(), {
    isPackaged: false,
    setPath: () => {},
    getPath: () => '/tmp',
    getPreferredSystemLanguages: () => ['en-US'],
    setAsDefaultProtocolClient: () => true,
    setAppUserModelId: () => {},
    requestSingleInstanceLock: () => true,
    whenReady: async () => {},
    quit: () => shell.app.emit('before-quit', { preventDefault: () => {} }),
    exit: shell.exit,
    setBadgeCount: () => true,
    getBadgeCount: () => 0,
  });
  return {
    app: shell.app,
    BrowserWindow: Window,
    dialog: { showErrorBox: (title: string, text: string) => void told.push(`${title}: ${text}`) },
    ipcMain: { handle: (_channel: string, handler: typeof shell.handle) => void (shell.handle = handler) },
    Menu: { buildFromTemplate: (template: unknown) => template },
    nativeImage: { createFromPath: (file: string) => (existsSync(file) ? file : told.push(`no icon ${file}`)) },
    net: {},
    Notification: Object.assign(class {}, { isSupported: () => true }),
    powerMonitor: shell.power,
    protocol: { registerSchemesAsPrivileged: () => {} },
    safeStorage: {
      isEncryptionAvailable: () => false,
      getSelectedStorageBackend: () => 'basic_text',
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1440, height: 900 } }] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: () => {},
        setPermissionCheckHandler: () => {},
        protocol: { handle: () => {} },
      },
    },
    shell: {},
    Tray: class extends Emitter {
      setToolTip() {}
      setContextMenu(menu: { label?: string }[]) {
        shell.menus.push(menu.flatMap(({ label }) => label ?? []));
      }
    },
    utilityProcess: {},
  };
});

const dataDir = mkdtempSync(path.join(tmpdir(), 'start-'));
const server = new FakeServer();
afterAll(async () => {
  await server.unplug();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the app starts without a server, answers its page, takes links, hides in the tray, and closes its cores before it ends', async () => {
  server.protocol = { minimum: 1, current: 1 };
  await server.listen();
  vi.stubEnv('DATA_DIR', dataDir);
  Object.assign(process, { resourcesPath: dataDir });
  await import('./index.ts');
  await vi.waitFor(() => expect([told, shell.windows.length]).toEqual([[], 1]), { timeout: 10_000 });
  const ask = (method: string, args: object) =>
    shell.handle?.({ senderFrame: { url: 'app://switchboard/', parent: null } }, method, args);
  expect(await ask('connection.get', {})).toEqual({ data: { serverUrl: null, fixed: false } });
  expect(await ask('connection.choose', { address: server.url })).toMatchObject({ data: { serverUrl: server.url } });
  expect(await ask('session.get', {})).toMatchObject({ data: { status: 'signed-out' } });
  expect(await ask('host.get', {})).toMatchObject({ data: { kind: 'electron', can: { update: false } } });

  expect(shell.menus.at(-1)).toContain('Quit');
  expect(await ask('host.setLanguage', { language: 'es' })).toEqual({ data: null });
  expect(shell.menus.at(-1)).toContain('Salir');
  expect(await ask('host.setLanguage', { language: '../es' })).toMatchObject({ error: { code: 'invalid_input' } });

  shell.app.emit('second-instance', {}, ['switchboard', 'switchboard://sign-in?email=ada%40acme.test']);
  const link = { kind: 'sign-in', server: null, email: 'ada@acme.test' };
  expect(shell.sent).toContainEqual(['bridge:event', 'host', { kind: 'deep-link', link }]);
  shell.power.emit('resume');

  const [window] = shell.windows as (EventEmitter & { hidden: boolean })[];
  let kept = false;
  window?.emit('close', { preventDefault: () => void (kept = true) });
  expect([kept, window?.hidden]).toEqual([true, true]);

  shell.app.quit();
  await vi.waitFor(() => expect(shell.exit).toHaveBeenCalledWith(0), { timeout: 10_000 });
  expect(told).toEqual([]);
});
