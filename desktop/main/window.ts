import path from 'node:path';
import { BrowserWindow, shell } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import { limitNavigation } from './security/limit-navigation.ts';
import { secureWebPreferences } from './security/web-preferences.ts';

/** The app's window, shown when its first frame is drawn, so that nobody sees it empty. */
export async function openWindow(preloadDir: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Switchboard',
    webPreferences: secureWebPreferences(path.join(preloadDir, 'index.cjs')),
  });
  limitNavigation(window.webContents, (url) => shell.openExternal(url));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${APP_ORIGIN}/`);
  return window;
}
