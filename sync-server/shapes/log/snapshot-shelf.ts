import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Fault } from './fault-point.ts';
import type { LiveShape } from './live-shape.ts';
import { ShapeSnapshot } from './shape-snapshot.ts';
import type { SnapshotVisibility } from './snapshot-visibility.ts';

const UNUSED_MS = 600_000;
/** Reading up to this much of the log behind a snapshot costs a client less than a new snapshot costs the database. */
const WORTH_BYTES = 1024 * 1024;

/** Each snapshot that is being read holds a connection of the database, which others need too. */
const MOST_AT_ONCE = 8;

type ShelfOptions = {
  readonly url: string;
  readonly dir: string;
  readonly chunkBytes: number;
  readonly begin: (look: () => Promise<SnapshotVisibility>) => Promise<bigint>;
  readonly log: Logger;
  readonly now?: () => number;
  readonly fault?: Fault;
};

/** Makes snapshots of shapes and takes away those that nobody reads. */
export class SnapshotShelf {
  private readonly options: ShelfOptions;
  private readonly dir: string;
  private readonly now: () => number;
  private lastNumber = 0;
  private reading = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(options: ShelfOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.dir = path.join(options.dir, 'snapshots');
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** The newest snapshot while it is worth more than a new one. `behind` is the log since then in bytes, null when it is not whole. */
  newest(shape: LiveShape, behind: (snapshot: ShapeSnapshot) => number | null): ShapeSnapshot {
    const newest = shape.snapshots.at(-1);
    if (!newest || newest.failed) return this.make(shape);
    const bytes = newest.visibility ? behind(newest) : 0;
    if (bytes === null || bytes > Math.max(WORTH_BYTES, newest.bytes / 2)) return this.make(shape);
    return this.use(newest);
  }

  find(shape: LiveShape, number: number): ShapeSnapshot | null {
    const found = shape.snapshots.find((snapshot) => snapshot.number === number && !snapshot.failed);
    return found ? this.use(found) : null;
  }

  removeUnused(shape: LiveShape): void {
    const newest = shape.snapshots.at(-1);
    const isUnused = (snapshot: ShapeSnapshot) => snapshot !== newest && snapshot.lastUsedAt < this.now() - UNUSED_MS;
    const unused = shape.snapshots.filter(isUnused);
    shape.snapshots = shape.snapshots.filter((snapshot) => !isUnused(snapshot));
    for (const snapshot of unused) void snapshot.remove();
  }

  private make(shape: LiveShape): ShapeSnapshot {
    this.lastNumber = Math.max(this.now() * 1000, this.lastNumber + 1);
    const snapshot = new ShapeSnapshot({ ...this.options, dir: this.dir, number: this.lastNumber, now: this.now() });
    shape.snapshots.push(snapshot);
    this.removeUnused(shape);
    void this.write(snapshot, shape).then(() => {
      if (snapshot.failed) shape.snapshots = shape.snapshots.filter((s) => s !== snapshot);
    });
    return snapshot;
  }

  private async write(snapshot: ShapeSnapshot, shape: LiveShape): Promise<void> {
    if (this.reading === MOST_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.reading += 1;
    const error = snapshot.failed ? null : await snapshot.write(this.options.url, shape, this.options.begin);
    // Who reads it is told to begin anew, for ever if it fails each time: that must be seen here.
    if (error) this.options.log.warn({ err: error, table: shape.definition.table }, 'a snapshot could not be made');
    const next = this.waiting.shift();
    if (next) next();
    else this.reading -= 1;
  }

  private use(snapshot: ShapeSnapshot): ShapeSnapshot {
    snapshot.lastUsedAt = this.now();
    return snapshot;
  }
}
