import {
  MAX_CALL_CHARACTERS,
  type Method,
  type Reply,
  type ResultOf,
  type Topic,
  type Topics,
} from '../../../shared/bridge/bridge-contract.ts';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import type { HostBridge } from './bridge.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

const UNAVAILABLE = {
  error: {
    code: 'unavailable' as const,
    message: 'Switchboard’s engine did not answer. Nothing was changed; try again in a moment.',
  },
};

type Socket = Pick<WebSocket, 'send' | 'addEventListener'>;
type Listener = (payload: never) => void;

const TOO_LARGE = {
  error: {
    code: 'limit_reached',
    message: 'This is more than can be taken at once. Nothing was changed; make it smaller.',
  },
} as const;

/**
 * The bridge over a WebSocket. Frames are JSON: `{id, method, args}` answered by `{id, reply}`, and pushes `{topic, payload}`.
 * It reconnects by itself; calls in flight when the line breaks answer `unavailable`, and after a reconnect everybody is
 * told that everything may have changed.
 */
export function createWebSocketBridge(
  url: string,
  openSocket: (url: string) => Socket = (to) => new WebSocket(to),
): HostBridge {
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  const listeners = new Map<Topic, Set<Listener>>();
  const connectionListeners = new Set<() => void>();
  let unsent: string[] = [];
  let nextId = 1;
  let retryMs = FIRST_RETRY_MS;
  let state: 'connecting' | 'up' | 'down' = 'connecting';
  let wasUp = false;
  let socket: Socket;

  function setState(next: typeof state) {
    state = next;
    for (const listener of connectionListeners) listener();
  }

  function connect() {
    socket = openSocket(url);
    socket.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS;
      setState('up');
      for (const frame of unsent) socket.send(frame);
      unsent = [];
      if (wasUp) void refreshEverything();
      wasUp = true;
    });
    socket.addEventListener('message', (event) => receive(String(event.data)));
    socket.addEventListener('close', () => {
      unsent = [];
      for (const answer of waiting.values()) answer(UNAVAILABLE);
      waiting.clear();
      setState('down');
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    });
  }

  function receive(text: string) {
    const frame = JSON.parse(text) as { id?: number; reply?: Reply<unknown>; topic?: Topic; payload?: unknown };
    if (frame.id !== undefined && frame.reply) {
      waiting.get(frame.id)?.(frame.reply);
      waiting.delete(frame.id);
    } else if (frame.topic) {
      publish(frame.topic, frame.payload as Topics[Topic]);
    }
  }

  function publish(topic: Topic, payload: Topics[Topic]) {
    for (const listener of listeners.get(topic) ?? []) listener(payload as never);
  }

  async function refreshEverything() {
    publish('changed', { tables: [...SYNCED_TABLES.map((table) => table.name), 'outbox'] });
    const [session, sync] = await Promise.all([call('session.get', {}), call('sync.get', {})]);
    if ('data' in session) publish('session', session.data);
    if ('data' in sync) publish('sync', sync.data);
  }

  function call<M extends Method>(method: M, args: unknown): Promise<Reply<ResultOf<M>>> {
    if (state === 'down') return Promise.resolve(UNAVAILABLE);
    const id = nextId++;
    const frame = JSON.stringify({ id, method, args });
    if (frame.length > MAX_CALL_CHARACTERS) return Promise.resolve(TOO_LARGE);
    return new Promise((resolve) => {
      waiting.set(id, resolve as (reply: Reply<unknown>) => void);
      if (state === 'up') socket.send(frame);
      else unsent.push(frame);
    });
  }

  connect();
  return {
    call,
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => void set.delete(listener);
    },
    connection: {
      isUp: () => state !== 'down',
      subscribe(listener) {
        connectionListeners.add(listener);
        return () => void connectionListeners.delete(listener);
      },
    },
  };
}
