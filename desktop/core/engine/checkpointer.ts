import type { Replica } from '../replica/open-replica.ts';
import type { ReplicaPlace } from '../replica/sealed-database.ts';
import { superviseThread, type Thread } from '../threads/supervise-thread.ts';
import { workerUrl } from '../threads/worker-url.ts';

const PAUSE_MS = 1_000;
/** Pages of log that are worth writing back while a flood goes on: 64 MB. */
const BUSY_PAGES = 16_000;
/** More than this and the flood waits: 160 MB. */
const FULL_PAGES = 40_000;

type LogState = { log: number; checkpointed: number };

/**
 * Writes the replica's log back into its file on a thread of its own: a second after the last write, and while a flood goes on
 * whenever there is enough of it. An idle app writes nothing.
 */
export class Checkpointer {
  private readonly replica: Replica;
  private readonly thread: Thread;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | null = null;
  private closing: Promise<void> | null = null;

  constructor(replica: Replica, place: ReplicaPlace, onProblem: (where: string, error: unknown) => void) {
    this.replica = replica;
    this.thread = superviseThread(workerUrl('checkpoint-worker'), {
      name: 'checkpointer',
      workerData: place,
      handlers: { answer: () => null },
      onStart: async () => {},
      log: { error: (detail, message) => onProblem('checkpointer', { detail, message }) },
    });
  }

  /** Something was written. */
  later(): void {
    if (this.closing) return;
    if (this.pages() > BUSY_PAGES) void this.run();
    else this.timer ??= setTimeout(() => void this.run(), PAUSE_MS);
  }

  /** Lets commands in between two steps of a long work, and keeps the log from growing without end. */
  async breathe(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!this.replica.db.open || this.closing) return;
    const pages = this.pages();
    if (pages > BUSY_PAGES) void this.run();
    // With nobody writing it is written back whole, and the next write begins it anew.
    if (pages > FULL_PAGES) await this.running;
  }

  close(): Promise<void> {
    clearTimeout(this.timer);
    this.closing ??= this.thread.close();
    return this.closing;
  }

  /** What is in the log and not in the file yet. */
  private pages(): number {
    const [state] = this.replica.db.pragma('wal_checkpoint(NOOP)') as LogState[];
    return state ? state.log - state.checkpointed : 0;
  }

  private run(): Promise<unknown> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running ??= this.thread
      .call('checkpoint', null)
      // A thread that died is started again; the writer has its own limit meanwhile.
      .catch(() => null)
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }
}
