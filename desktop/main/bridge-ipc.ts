import type { BrowserWindow, IpcMain } from 'electron';
import type { Bridge, Method, Reply, Topic } from '../../shared/bridge/bridge-contract.ts';
import { isTrustedSender } from './security/trusted-sender.ts';

const TOPICS = ['changed', 'sync', 'session', 'host'] as const satisfies Topic[];

/** Joins the page to the core: `bridge:call` answers, `bridge:event` tells. Other frames get an error and reach nothing. */
export function serveBridge(ipcMain: IpcMain, bridge: Bridge): void {
  ipcMain.handle('bridge:call', (event, method: Method, args: unknown): Promise<Reply<unknown>> => {
    if (!isTrustedSender(event))
      return Promise.resolve({ error: { code: 'forbidden', message: 'Only Switchboard’s own page may do this.' } });
    return bridge.call(method, args as never);
  });
}

/** Sends every announcement of the core to a window. Answers the stop. */
export function announceTo(window: BrowserWindow, bridge: Bridge): () => void {
  const stops = TOPICS.map((topic) =>
    bridge.subscribe(topic, (payload) => {
      if (!window.isDestroyed()) window.webContents.send('bridge:event', topic, payload);
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
