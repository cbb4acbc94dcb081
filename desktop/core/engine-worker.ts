import { parentPort, workerData } from 'node:worker_threads';
import { must } from '../../shared/kernel/must.ts';
import { Engine, type EngineParts } from './engine/engine.ts';
import { ThreadLink } from './threads/thread-link.ts';

// The thread that writes. Secrets stay with the host: it may have a keychain.
const parts = workerData as Pick<EngineParts, 'profileDir' | 'serverUrl' | 'deviceName'>;
const onProblem = (where: string, error: unknown) =>
  link.tell('problem', { where, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });

const engine = new Engine({
  ...parts,
  platform: process.platform,
  secrets: {
    read: async () => (await link.call('secrets.read', null)) as string | null,
    write: async (secret) => void (await link.call('secrets.write', secret)),
    clear: async () => void (await link.call('secrets.clear', null)),
  },
  takeKey: async () => (await link.call('vault.take', null)) as string,
  destroyKey: async () => void (await link.call('vault.destroy', null)),
  emit: (topic, payload) => link.tell(topic, payload),
  onProblem,
  restReaders: async () => void (await link.call('readers.rest', null)),
});

const link: ThreadLink = new ThreadLink(must(parentPort, 'a parent thread'), {
  answer: (method, args) => (method === 'start' ? engine.start() : engine.answer(method, args as never)),
  onBug: (error) => onProblem('engine', error),
});
