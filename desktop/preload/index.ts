import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Topic } from '../../shared/bridge/bridge-contract.ts';

const listeners = new Map<Topic, Set<(payload: never) => void>>();

/** What the host told before the page listened: the link that the app was started with. */
let early: unknown[] = [];

ipcRenderer.on('bridge:event', (_event, topic: Topic, payload: unknown) => {
  if (topic === 'host' && !listeners.get(topic)?.size) early = [...early.slice(-20), payload];
  for (const listener of listeners.get(topic) ?? []) listener(payload as never);
});

/** The whole bridge: one call, one subscription. Nothing else of Electron or Node reaches the page. */
const bridge: Bridge = {
  call: (method, args) => ipcRenderer.invoke('bridge:call', method, args),
  subscribe: (topic, listener) => {
    const own = listeners.get(topic) ?? new Set();
    listeners.set(topic, own);
    own.add(listener);
    if (topic === 'host' && early.length > 0) {
      const missed = early;
      early = [];
      // All who listen from this moment on hear it.
      setTimeout(() => {
        for (const payload of missed) for (const each of listeners.get(topic) ?? []) each(payload as never);
      });
    }
    return () => void own.delete(listener);
  },
};

contextBridge.exposeInMainWorld('switchboard', bridge);
