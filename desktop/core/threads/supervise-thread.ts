import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { ThreadLink, type LinkHandlers } from './thread-link.ts';

export type Thread = {
  /** Settles when `onStart` has run. */
  ready: () => Promise<void>;
  call: (method: string, args: unknown) => Promise<unknown>;
  close: () => Promise<void>;
};

type Log = { error: (detail: unknown, message: string) => void };

/**
 * A worker thread that is started again when it dies. What was asked of the dead one fails with a message;
 * `onStart` runs before anything is asked of the new one.
 */
export function superviseThread(
  url: URL,
  options: {
    name: string;
    workerData: unknown;
    handlers: LinkHandlers;
    onStart: (thread: Pick<Thread, 'call'>) => Promise<void>;
    log: Log;
  },
): Thread {
  let closing = false;
  let worker: Worker;
  let link: ThreadLink;
  let ready: Promise<void>;
  let restarts = 0;
  let hasStarted = false;
  let again: NodeJS.Timeout | undefined;

  const start = () => {
    const own = new Worker(url, { workerData: options.workerData, name: options.name });
    const startedAt = performance.now();
    worker = own;
    const ownLink = new ThreadLink(own, options.handlers);
    link = ownLink;
    own.on('error', (error) => options.log.error({ error, thread: options.name }, 'a thread of the core failed'));
    own.on('exit', () => {
      ownLink.fail(
        new AppError('unavailable', 'A part of Switchboard had to start again. What was saved is safe. Try once more.'),
      );
      // One that dies while it starts would otherwise keep a core busy with dying.
      restarts = performance.now() - startedAt > 30_000 ? 0 : restarts + 1;
      if (!closing) again = setTimeout(start, Math.min(30_000, 200 * 2 ** restarts));
    });
    const direct: Pick<Thread, 'call'> = { call: (method, args) => ownLink.call(method, args) };
    ready = options.onStart(direct);
    ready.then(
      () => {
        hasStarted = true;
      },
      // One that started before and cannot now, on a full disk for instance, is tried again; the first time whoever waits is told.
      () => hasStarted && void own.terminate(),
    );
  };
  start();

  return {
    ready: () => ready,
    call: async (method, args) => {
      await ready;
      return link.call(method, args);
    },
    close: async () => {
      closing = true;
      clearTimeout(again);
      await link.call('close', null).catch(() => null);
      await worker.terminate();
    },
  };
}
