import { Worker } from 'node:worker_threads';
import type { ReplicaPlace } from '../../desktop/core/replica/sealed-database.ts';
import { ThreadLink } from '../../desktop/core/threads/thread-link.ts';
import type { ArgsOf, Queries, ResultOf } from '../../shared/bridge/bridge-contract.ts';

/** The product's reader worker over a replica file, asked as the core asks it. */
export class ReaderThread {
  private readonly worker: Worker;
  private readonly link: ThreadLink;

  private constructor(profileDir: string) {
    this.worker = new Worker(new URL('../../desktop/core/reader-worker.ts', import.meta.url), {
      workerData: { profileDir, answersScreens: false },
    });
    this.link = new ThreadLink(this.worker, { answer: () => null });
  }

  static async open(profileDir: string, place: ReplicaPlace): Promise<ReaderThread> {
    const thread = new ReaderThread(profileDir);
    await thread.link.call('open', { ...place, userId: '', tenantId: '', country: 'US' });
    return thread;
  }

  ask<M extends keyof Queries>(method: M, args: ArgsOf<M>): Promise<ResultOf<M>> {
    return this.link.call(method, args) as Promise<ResultOf<M>>;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
