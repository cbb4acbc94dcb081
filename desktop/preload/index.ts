import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Topic } from '../../shared/bridge/bridge-contract.ts';

const listeners = new Map<Topic, Set<(payload: never) => void>>();

ipcRenderer.on('bridge:event', (_event, topic: Topic, payload: unknown) => {
  for (const listener of listeners.get(topic) ?? []) listener(payload as never);
});

/** The whole bridge: one call, one subscription. Nothing else of Electron or Node reaches the page. */
const bridge: Bridge = {
  call: (method, args) => ipcRenderer.invoke('bridge:call', method, args),
  subscribe: (topic, listener) => {
    const own = listeners.get(topic) ?? new Set();
    listeners.set(topic, own);
    own.add(listener);
    return () => void own.delete(listener);
  },
};

contextBridge.exposeInMainWorld('switchboard', bridge);
