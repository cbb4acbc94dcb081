import type { Bridge } from '../../../shared/bridge/bridge-contract.ts';
import { createWebSocketBridge } from './web-socket-bridge.ts';

/** A bridge whose other end can go away (the browser host). Electron's never does, so it has no `connection`. */
export type HostBridge = Bridge & {
  connection?: { isUp: () => boolean; subscribe: (listener: () => void) => () => void };
};

declare global {
  interface Window {
    /** Put there by the Electron preload script. */
    switchboard?: Bridge;
  }
}

/** The bridge of whichever host opened this window. */
export function openHostBridge(): HostBridge {
  if (window.switchboard) return window.switchboard;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return createWebSocketBridge(`${scheme}://${location.host}/bridge`);
}
