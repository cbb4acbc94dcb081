import type { WebContents } from 'electron';
import { APP_ORIGIN } from '../app-protocol.ts';

/**
 * Electron security checklist 12, 13, 14, 15: the window never leaves the app, opens no windows,
 * and hands only https, mail and phone links to the system.
 */
export function limitNavigation(contents: WebContents, openExternal: (url: string) => Promise<void>): void {
  contents.on('will-navigate', (event, url) => {
    if (!isOwn(url)) event.preventDefault();
  });
  contents.on('will-redirect', (event, url) => {
    if (!isOwn(url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isForTheSystem(url)) void openExternal(url).catch(() => {});
    return { action: 'deny' };
  });
}

const isOwn = (url: string): boolean => URL.canParse(url) && url.startsWith(`${APP_ORIGIN}/`);

export const isForTheSystem = (url: string): boolean =>
  URL.canParse(url) && ['https:', 'mailto:', 'tel:'].includes(new URL(url).protocol);
