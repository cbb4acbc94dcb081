import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, session } from 'electron';
import { pino } from 'pino';
import { startCore } from '../core/start-core.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { announceTo, serveBridge } from './bridge-ipc.ts';
import { electronSecretStore } from './electron-secret-store.ts';
import { limitPermissions } from './security/limit-permissions.ts';
import { openWindow } from './window.ts';

const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const profileDir = path.join(app.getPath('userData'), 'profiles', process.env['PROFILE'] ?? 'default');
const serverUrl = process.env['SERVER_URL'] ?? 'http://127.0.0.1:5002';

registerAppScheme();

// One process holds the replica: a second start shows the first one's window.
if (!app.requestSingleInstanceLock({ profileDir })) app.quit();
else void start();

async function start(): Promise<void> {
  await app.whenReady();
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  limitPermissions(session.defaultSession);
  serveApp(session.defaultSession, at('../renderer'));
  try {
    const core = await startCore({
      profileDir,
      serverUrl,
      deviceName: hostname(),
      log: pino({ level: 'warn' }),
      secrets: electronSecretStore(path.join(profileDir, 'session.bin')),
      vault: electronSecretStore(path.join(profileDir, 'replica.key.bin')),
    });
    serveBridge(ipcMain, core);
    const show = async () => announceTo(await openWindow(at('../preload')), core);
    await show();
    app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
    app.on('activate', () => {
      if (BrowserWindow.getAllWindows().length === 0) void show();
    });
    app.on('before-quit', (event) => {
      event.preventDefault();
      void core.close().then(() => app.exit(0));
    });
  } catch (error) {
    dialog.showErrorBox('Switchboard could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  }
}

app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});
