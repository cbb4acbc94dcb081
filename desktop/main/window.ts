import path from 'node:path';
import { BrowserWindow, screen, shell } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import { limitNavigation } from './security/limit-navigation.ts';
import { secureWebPreferences } from './security/web-preferences.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

type WindowOptions = { preloadDir: string; stateFile: string; hidden: boolean };

/** The app's window, where it was last, shown when its first frame is drawn, so that nobody sees it empty. */
export function openWindow({ preloadDir, stateFile, hidden }: WindowOptions): BrowserWindow {
  const { maximized, ...bounds } = readWindowState(
    stateFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Switchboard',
    webPreferences: secureWebPreferences(path.join(preloadDir, 'index.cjs')),
  });
  limitNavigation(window.webContents, (url) => shell.openExternal(url));
  keepWindowState(window, stateFile);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    if (!hidden) window.show();
  });
  // Where it cannot be loaded there is nothing to wait for: the window stays empty and says so in its title.
  window.loadURL(`${APP_ORIGIN}/`).catch(() => window.setTitle('Switchboard could not be loaded'));
  return window;
}
