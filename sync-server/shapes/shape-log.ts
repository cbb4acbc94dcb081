import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Logger } from 'pino';
import { AppError } from '../../shared/kernel/app-error.ts';
import { ChangeJournal } from './change-journal.ts';
import { openSlot, PUBLICATION } from './replication-slot.ts';
import { encodeMessage, toShapeOperation, type RowChange } from './shape-message.ts';
import type { ShapeDefinition } from './shape-rule.ts';
import { readTableSchemas, type TableSchema } from './shape-schema.ts';
import { ShapeSnapshot } from './shape-snapshot.ts';
import { loadState, saveState, type SavedState } from './shape-state.ts';
import { isVisible } from './snapshot-visibility.ts';
import { WalTail, type WalReader } from './wal-tail.ts';

/** Messages of one transaction are written in pieces of about this size, so that a large one never stalls the rest. */
const RECORD_BYTES = 256 * 1024;
const RECENT_TRANSACTIONS = 2_000;

export type ShapeLogOptions = {
  url: string;
  dir: string;
  /** Every table that shapes may read. */
  tables: readonly string[];
  log: Logger;
  chunkBytes?: number;
  now?: () => number;
};

type LiveShape = {
  readonly hash: string;
  readonly definition: ShapeDefinition;
  snapshots: ShapeSnapshot[];
  /** The piece of the transaction under way that is not in the journal yet. */
  buffer: { messages: string[]; bytes: number; op: number };
  /** The newest change of the transaction under way, held back until we know whether it is the last. */
  held: { change: NonNullable<ReturnType<typeof toShapeOperation>>; op: number } | null;
  waiting: Set<() => void>;
};

/**
 * The embedded shape log: follows the WAL through one slot and keeps, for every shape somebody asked for, a snapshot of its rows
 * and the log of what changed since. All shapes share one decoding of the WAL and one journal.
 *
 *   WAL ─► WalTail ─► shapes by table ─► ChangeJournal ─► readers (shape-router)
 *                        ▲ snapshot (repeatable read) joined by transaction visibility
 */
export class ShapeLog implements WalReader {
  readonly chunkBytes: number;
  private readonly options: ShapeLogOptions;
  private readonly pool: pg.Pool;
  private readonly journal: ChangeJournal;
  private readonly shapes = new Map<string, LiveShape>();
  private readonly byTable = new Map<string, LiveShape[]>();
  private readonly now: () => number;
  private schemas = new Map<string, TableSchema>();
  private state: SavedState;
  private tail: WalTail | null = null;
  private transaction = { lsn: 0n, xid: 0, op: 0, skip: false };
  private recent: number[] = [];
  private snapshotNumber = 0;
  /** Every change with a commit position up to this one is in the journal. */
  seen = 0n;
  stopped = false;

  constructor(options: ShapeLogOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.chunkBytes = options.chunkBytes ?? 8 * 1024 * 1024;
    mkdirSync(options.dir, { recursive: true });
    rmSync(path.join(options.dir, 'snapshots'), { recursive: true, force: true });
    this.pool = new pg.Pool({ connectionString: options.url, max: 2, application_name: 'switchboard-shapes' });
    const lost = (error: Error) => options.log.warn({ err: error }, 'the shape log lost a connection');
    this.pool.on('error', lost);
    // Also while it is checked out: an error nobody listens for would end the process.
    this.pool.on('connect', (client) => client.on('error', lost));
    this.state = loadState(options.dir);
    this.journal = new ChangeJournal(path.join(options.dir, 'journal'));
    this.seen = this.journal.head;
  }

  /** Makes publication and slot where they are missing and begins to follow. */
  async start(): Promise<void> {
    const { url, tables, log } = this.options;
    this.schemas = await readTableSchemas(this.pool, tables);
    const acknowledged = BigInt(this.state.acknowledged);
    const end = acknowledged > this.journal.head ? acknowledged : this.journal.head;
    const existing = tables.filter((table) => this.schemas.has(table));
    const slot = await openSlot(this.pool, existing, { system: this.state.system, end });
    if (slot.isNew) this.startOver(slot.system);
    else this.seen = end;
    for (const definition of this.state.shapes) if (this.schemas.has(definition.table)) this.register(definition);
    this.tail = new WalTail({ url, slot: slot.name, publication: PUBLICATION, reader: this, log });
    await this.tail.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.tail?.stop();
    for (const shape of this.shapes.values()) this.wake(shape);
    await Promise.all(
      [...this.shapes.values()].flatMap((shape) => shape.snapshots.map((snapshot) => snapshot.remove())),
    );
    await this.pool.end();
    this.journal.flush();
    this.save();
    this.journal.close();
  }

  schemaOf(definition: ShapeDefinition): TableSchema {
    const schema = this.schemas.get(definition.table);
    if (!schema) throw new AppError('not_found', `There is no table ${definition.table}.`);
    return Object.fromEntries(definition.columns.flatMap((name) => (schema[name] ? [[name, schema[name]]] : [])));
  }

  /** The shape's identity: the same for the same definition and column types, whoever asks and after every restart. */
  hashOf(definition: ShapeDefinition): string {
    const text = JSON.stringify([definition, this.schemaOf(definition)]);
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  }

  /** A handle that no client has seen. Never reused: its time is unique. */
  newHandle(definition: ShapeDefinition): string {
    const epoch = this.epochOf(definition.table);
    return `${this.hashOf(definition)}-${Math.max(epoch, this.now()) * 1000 + Math.floor(Math.random() * 1000)}`;
  }

  /** Whether a handle names this definition and was made since its table last rotated. */
  isCurrent(definition: ShapeDefinition, handle: string): boolean {
    const [hash, micros] = handle.split('-');
    return hash === this.hashOf(definition) && Number(micros) >= this.epochOf(definition.table) * 1000;
  }

  /** Whether the log still has everything behind this position. */
  reaches(lsn: bigint): boolean {
    return lsn >= this.journal.floor && lsn <= (this.seen > this.journal.head ? this.seen : this.journal.head);
  }

  /** The snapshot for a client that begins: the newest one while it is worth more than a new one. */
  snapshotFor(definition: ShapeDefinition): ShapeSnapshot {
    const shape = this.register(definition);
    const newest = shape.snapshots.at(-1);
    if (newest && !newest.failed && this.reaches(newest.startLsn)) {
      const behind = newest.visibility ? this.journal.bytesAfter(shape.hash, newest.startLsn) : 0;
      if (behind <= Math.max(1024 * 1024, newest.bytes / 2)) return this.use(newest);
    }
    return this.use(this.makeSnapshot(shape));
  }

  findSnapshot(definition: ShapeDefinition, number: number): ShapeSnapshot | null {
    const found = this.shapes.get(this.hashOf(definition))?.snapshots.find((s) => s.number === number);
    return found ? this.use(found) : null;
  }

  /**
   * Messages behind a position, at most about one chunk. `fromSnapshot` leaves out transactions that the snapshot contains.
   * `end` is where the answer stops; `upToDate` whether that is the newest there is.
   */
  readAfter(definition: ShapeDefinition, position: { lsn: bigint; op: number }, fromSnapshot: boolean) {
    const shape = this.register(definition);
    const upTo = this.seen;
    const visibility = fromSnapshot ? shape.snapshots.find((s) => s.startLsn === position.lsn)?.visibility : null;
    const records = this.journal
      .recordsAfter(shape.hash, position.lsn, position.op)
      .filter(({ xid }) => !visibility || !isVisible(visibility, xid));
    const messages: string[] = [];
    let bytes = 0;
    let end = position;
    let upToDate = true;
    for (const record of records) {
      if (bytes >= this.chunkBytes) {
        upToDate = false;
        break;
      }
      messages.push(this.journal.read(record).toString('utf8'));
      bytes += record.length;
      end = { lsn: record.lsn, op: record.op };
    }
    return { messages, end, upToDate, seen: upTo, moved: messages.length > 0 };
  }

  /** Resolves when something of this shape is committed, or its handles rotate, or `signal` fires. */
  waitForChange(definition: ShapeDefinition, signal: AbortSignal): Promise<void> {
    const shape = this.register(definition);
    return new Promise((resolve) => {
      const done = () => {
        shape.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      shape.waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
  }

  // ── WalReader ──

  begin(lsn: bigint, xid: number): void {
    this.transaction = { lsn, xid, op: 0, skip: lsn <= this.journal.head };
  }

  change(table: string, change: RowChange): void {
    if (this.transaction.skip) return;
    const op = this.transaction.op;
    this.transaction.op += 2;
    for (const shape of this.byTable.get(table) ?? []) {
      const operation = toShapeOperation(shape.definition, change);
      if (!operation) continue;
      this.release(shape, false);
      shape.held = { change: operation, op };
    }
  }

  truncate(table: string): void {
    this.rotate(table);
  }

  relation(table: string, columns: readonly string[]): void {
    const known = this.schemas.get(table);
    if (!known) return;
    const shapes = this.byTable.get(table) ?? [];
    if (shapes.some(({ definition }) => definition.columns.some((column) => !columns.includes(column))))
      this.rotate(table);
  }

  commit(): void {
    const { lsn, xid, skip } = this.transaction;
    if (!skip) {
      for (const shape of this.shapes.values()) if (shape.held) this.release(shape, true);
      const touched = this.journal.commit(lsn);
      this.recent.push(xid);
      if (this.recent.length > RECENT_TRANSACTIONS) this.recent.splice(0, RECENT_TRANSACTIONS / 2);
      if (lsn > this.seen) this.seen = lsn;
      for (const hash of touched) {
        const shape = this.shapes.get(hash);
        if (shape) this.wake(shape);
      }
    }
  }

  cut(): void {
    this.journal.abandon();
    for (const shape of this.shapes.values()) {
      shape.held = null;
      shape.buffer = { messages: [], bytes: 0, op: 0 };
    }
  }

  flushed(seen: bigint): bigint {
    if (seen > this.seen) this.seen = seen;
    if (BigInt(this.state.acknowledged) === seen) return seen;
    this.journal.flush();
    this.state.acknowledged = String(seen);
    this.save();
    return seen;
  }

  // ── the inside ──

  private register(definition: ShapeDefinition): LiveShape {
    const hash = this.hashOf(definition);
    const known = this.shapes.get(hash);
    if (known) return known;
    const shape: LiveShape = {
      hash,
      definition,
      snapshots: [],
      buffer: { messages: [], bytes: 0, op: 0 },
      held: null,
      waiting: new Set(),
    };
    this.shapes.set(hash, shape);
    this.byTable.set(definition.table, [...(this.byTable.get(definition.table) ?? []), shape]);
    if (!this.state.shapes.some((saved) => JSON.stringify(saved) === JSON.stringify(definition))) {
      this.state.shapes.push(definition);
      this.save();
    }
    return shape;
  }

  private release(shape: LiveShape, last: boolean): void {
    const { lsn, xid } = this.transaction;
    if (shape.held) {
      const { change, op } = shape.held;
      const message = encodeMessage(shape.definition, change, { lsn: String(lsn), xid, op, last });
      shape.buffer.messages.push(message);
      shape.buffer.bytes += message.length;
      shape.buffer.op = op;
      shape.held = null;
    }
    const { messages, bytes, op } = shape.buffer;
    if (messages.length === 0 || (!last && bytes < RECORD_BYTES)) return;
    this.journal.append({ shape: shape.hash, lsn, xid, op, messages: messages.join(',') });
    shape.buffer = { messages: [], bytes: 0, op: 0 };
  }

  private makeSnapshot(shape: LiveShape): ShapeSnapshot {
    this.snapshotNumber += 1;
    const dir = path.join(this.options.dir, 'snapshots');
    const snapshot = new ShapeSnapshot(dir, this.snapshotNumber, this.chunkBytes, this.now());
    const replaced = shape.snapshots.filter(({ lastUsedAt }) => lastUsedAt < this.now() - 600_000);
    shape.snapshots = [...shape.snapshots.filter((s) => !replaced.includes(s)), snapshot];
    for (const old of replaced) void old.remove();
    void snapshot
      .write(this.options.url, shape.definition, async (look) => {
        // A transaction is in the WAL a moment before new snapshots see it: look again until none is missed.
        for (;;) {
          const startLsn = this.journal.head;
          const passed = [...this.recent];
          const visibility = await look();
          if (passed.every((xid) => isVisible(visibility, xid))) return startLsn;
        }
      })
      .then(() => {
        if (snapshot.failed) shape.snapshots = shape.snapshots.filter((s) => s !== snapshot);
      });
    return snapshot;
  }

  private use(snapshot: ShapeSnapshot): ShapeSnapshot {
    snapshot.lastUsedAt = this.now();
    return snapshot;
  }

  private rotate(table: string): void {
    this.state.epochs[table] = this.now() + 1;
    this.save();
    this.options.log.info({ table }, 'shapes of this table begin anew');
    for (const shape of this.byTable.get(table) ?? []) {
      shape.snapshots = [];
      this.wake(shape);
    }
  }

  private startOver(system: string): void {
    this.state.system = system;
    for (const table of this.options.tables) this.state.epochs[table] = this.now() + 1;
    this.state.shapes = [];
    this.save();
  }

  private wake(shape: LiveShape): void {
    for (const resume of Array.from(shape.waiting)) resume();
  }

  private epochOf(table: string): number {
    return this.state.epochs[table] ?? 0;
  }
  private save(): void {
    saveState(this.options.dir, this.state);
  }
}
