import path from 'node:path';
import type { ArgsOf, Bridge, Method, Reply, ResultOf, Topic, Topics } from '../../shared/bridge/bridge-contract.ts';
import type { SyncInspection } from '../../shared/bridge/sync-inspection.ts';
import type { OpenedReplica } from './engine/engine.ts';
import { lockProfile } from './session/lock-profile.ts';
import { fileKeyStore, takeReplicaKey, tellWhereKeyIs } from './session/replica-key.ts';
import { fileSecretStore, type KeyStore, type SecretStore } from './session/secret-store.ts';
import { destroyKey, finishWipe, type WipeParts } from './session/wipe-profile.ts';
import { superviseThread, type Thread } from './threads/supervise-thread.ts';
import { toErrorBody, type LinkHandlers } from './threads/thread-link.ts';
import { workerUrl } from './threads/worker-url.ts';

export type CoreOptions = {
  profileDir: string;
  serverUrl: string;
  deviceName: string;
  log: {
    info: (detail: unknown, message: string) => void;
    warn: (detail: unknown, message: string) => void;
    error: (detail: unknown, message: string) => void;
  };
  /** Where tokens are kept; a file readable by its owner unless the host has better. */
  secrets?: SecretStore;
  /** Where the key of the data is kept; likewise. */
  vault?: KeyStore;
};

/** The running engine of one profile. */
export type Core = Bridge & {
  close: () => Promise<void>;
  /** Destroys the key and everything else of this profile, unsent work included. Nobody is signed in afterwards. */
  wipe: () => Promise<void>;
};

const ENGINE_METHODS = new Set<string>([
  'session.signIn',
  'session.signUp',
  'session.signOut',
  'session.secondFactor',
  'session.beginEnrolment',
  'session.confirmEnrolment',
  'session.invitation',
  'session.acceptInvitation',
  'session.forgotPassword',
  'session.resetPassword',
  'online',
  'sync.tryNow',
  'sync.rebuild',
  'sync.dismissNotice',
  'storage.choose',
  'messages.fetchOlder',
  'messages.readBack',
  'history.fetch',
  'command',
  'outbox.retry',
  'outbox.discard',
  'outbox.takeBack',
]);

/**
 * Starts the engine of a profile: this thread only passes calls on.
 *
 *   host ── calls, topics ── this thread ─┬─ engine-worker   writes: replica, sync, outbox, session
 *                                         ├─ reader-worker   answers screens
 *                                         └─ reader-worker   reads and makes files of contacts
 *
 * Refuses a profile that another process has open. Needs no network, and no token to open what is here.
 */
export async function startCore(options: CoreOptions): Promise<Core> {
  const { profileDir, serverUrl, deviceName, log } = options;
  const unlock = lockProfile(profileDir);
  const vault = options.vault ?? fileKeyStore(profileDir);
  const secrets = options.secrets ?? fileSecretStore(path.join(profileDir, 'session.json'));
  const wiped: WipeParts = { profileDir, secrets, vault };
  await finishWipe(wiped).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const listeners = new Map<Topic, Set<(payload: never) => void>>();
  const last: Partial<{ [T in Topic]: Topics[T] }> = {};
  let opened: OpenedReplica = null;

  const publish = <T extends Topic>(topic: T, payload: Topics[T]) => {
    last[topic] = payload;
    for (const listener of listeners.get(topic) ?? []) (listener as (payload: Topics[T]) => void)(payload);
  };
  const hear: NonNullable<LinkHandlers['hear']> = (topic, payload) => {
    if (topic === 'problem') log.warn(payload, 'the core met a problem and goes on');
    else if (topic === 'opened') showReplica(payload as OpenedReplica);
    else publish(topic as Topic, payload as never);
  };

  const engine = superviseThread(workerUrl('engine-worker'), {
    name: 'engine',
    workerData: { profileDir, serverUrl, deviceName },
    log,
    handlers: {
      answer: (method, args) => (method === 'readers.rest' ? restReaders() : keepSecret(wiped, method, args)),
      hear,
    },
    onStart: async (thread) => {
      // One that died while the readers rested names their replica anew below.
      const started = (await thread.call('start', null)) as Pick<Topics, 'session' | 'sync'> & {
        opened: OpenedReplica;
      };
      // As a rule it has told so already.
      if (resting || JSON.stringify(started.opened) !== JSON.stringify(opened)) showReplica(started.opened);
      publish('session', started.session);
      publish('sync', started.sync);
    },
  });

  const read = (answersScreens: boolean) =>
    superviseThread(workerUrl('reader-worker'), {
      name: 'reader',
      workerData: { profileDir, answersScreens },
      log,
      handlers: { answer: () => null, hear },
      onStart: async (thread) => void (await thread.call('open', opened)),
    });
  let reader: Thread | null = null;
  let importer: Thread | null = null;
  // Beside the engine: half of a start is loading code.
  const screens = read(true);
  reader = screens;
  const importDesk = () => (importer ??= read(false));
  /** Questions of screens wait while a replica takes another's place. */
  let resting: { over: Promise<void>; end: () => void } | null = null;
  async function restReaders(): Promise<null> {
    if (!resting) {
      const { promise, resolve } = Promise.withResolvers<void>();
      resting = { over: promise, end: resolve };
    }
    opened = null;
    await Promise.all([reader, importer].map(async (thread) => thread?.call('open', null).catch(() => null)));
    return null;
  }
  function showReplica(next: OpenedReplica): void {
    opened = next;
    resting?.end();
    resting = null;
    // The engine's first message may come before the readers run: they open what is there when they start.
    // One that dies meanwhile opens it when it starts again.
    for (const thread of [reader, importer]) void thread?.call('open', next).catch(() => null);
  }

  try {
    log.info({ keptIn: vault.keptIn() }, tellWhereKeyIs(vault));
    // Waits for the engine, which makes or migrates the replica; readers open it when it says so.
    await engine.ready();
  } catch (error) {
    await Promise.all([screens.close(), engine.close()]);
    unlock();
    throw error;
  }

  const answer = async (method: string, args: unknown): Promise<unknown> => {
    if (method === 'session.get') return last.session;
    if (method === 'sync.get') return last.sync;
    if (ENGINE_METHODS.has(method)) return engine.call(method, args);
    // Each new question waits for the newest rest.
    if (resting) await resting.over;
    if (method === 'imports.commit') return commitImport(engine, importDesk(), args);
    if (method.startsWith('imports.') && method !== 'imports.list') return importDesk().call(method, args);
    // Nor does a file that is written step by step keep a screen waiting.
    if (method === 'acts.page' || method.startsWith('contactFiles.')) return importDesk().call(method, args);
    const answered = await screens.call(method, args);
    if (method !== 'sync.inspect') return answered;
    // Only here it is known who keeps the key.
    const atRest = { encrypted: opened?.key !== null, keyIn: vault.keptIn() };
    return { ...(answered as SyncInspection), atRest };
  };

  return {
    call: async <M extends Method>(method: M, args: ArgsOf<M>): Promise<Reply<ResultOf<M>>> => {
      try {
        return { data: (await answer(method, args)) as ResultOf<M> };
      } catch (error) {
        return { error: toErrorBody(error) };
      }
    },
    subscribe: (topic, listener) => {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener as (payload: never) => void));
      return () => void set.delete(listener as (payload: never) => void);
    },
    wipe: async () => void (await engine.call('wipe', null)),
    close: async () => {
      await Promise.all([screens.close(), importer?.close()]);
      await engine.close();
      unlock();
    },
  };
}

/** The rows are prepared by the one thread and queued by the other; the draft ends only when they are safe in the outbox. */
async function commitImport(engine: Thread, desk: Thread, args: unknown): Promise<unknown> {
  const prepared = await desk.call('imports.prepare', args);
  const result = await engine.call('imports.queue', prepared);
  await desk.call('imports.discard', args);
  return result;
}

function keepSecret(parts: WipeParts, method: string, args: unknown): unknown {
  const { secrets, vault } = parts;
  if (method === 'vault.take') return takeReplicaKey(vault);
  if (method === 'vault.destroy') return destroyKey(parts).then(() => null);
  if (method === 'secrets.read') return secrets.read();
  return method === 'secrets.write' ? secrets.write(String(args)) : secrets.clear();
}
