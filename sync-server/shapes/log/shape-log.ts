import path from 'node:path';
import pg from 'pg';
import type { Logger } from 'pino';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { relationOf, type ShapeDefinition } from '../shape-definition.ts';
import { ChangeJournal, type JournalLimits } from './change-journal.ts';
import { noFault, type Fault } from './fault-point.ts';
import { hashOf, type LiveShape } from './live-shape.ts';
import { loadState, lockDirectory, saveState, type LogState } from './log-state.ts';
import { openSlot, publishTable } from './replication-slot.ts';
import { ShapeCatalog, type CatalogLimits } from './shape-catalog.ts';
import { toShapeOperations, type RowChange } from './shape-message.ts';
import type { ShapeSnapshot } from './shape-snapshot.ts';
import { SnapshotShelf } from './snapshot-shelf.ts';
import { isVisible, type SnapshotVisibility } from './snapshot-visibility.ts';
import { TableSchemas, type TableSchema } from './table-schema.ts';
import { TransactionFold } from './transaction-fold.ts';
import { WalTail, type WalReader, type WalRelation } from './wal-tail.ts';

const PIECE_BYTES = 256 * 1024;
const RECENT_TRANSACTIONS = 2_000;
const SWEEP_MS = 3_600_000;

export type ShapeLogOptions = {
  url: string;
  dir: string;
  /** Every table of the schema `public` that shapes may read. Null: any table of the database, published when first asked for. */
  tables: readonly string[] | null;
  log: Logger;
  /** Publication and slot of this log; two logs of one database need two names. */
  name?: string;
  chunkBytes?: number;
  limits?: CatalogLimits;
  journal?: JournalLimits;
  now?: () => number;
  fault?: Fault;
};

export type LogPosition = { readonly lsn: bigint; readonly op: number };

/**
 * The embedded shape log: follows the WAL through one slot and keeps, for every shape somebody asked for, a snapshot of its rows
 * and the log of what changed since. All shapes share one decoding of the WAL and one journal.
 *
 *   WAL ─► WalTail ─► ShapeCatalog (which shapes?) ─► TransactionFold ─► ChangeJournal ─► readers (shape-answer)
 *                        ▲ snapshot (repeatable read) joined by transaction visibility
 *
 * Whatever makes a gap possible (truncate, altered table, lost slot, long unasked) drops shapes; their handles then answer 409.
 */
export class ShapeLog implements WalReader {
  readonly chunkBytes: number;
  private readonly options: ShapeLogOptions;
  private readonly name: string;
  private readonly pool: pg.Pool;
  private readonly journal: ChangeJournal;
  private readonly catalog: ShapeCatalog;
  private readonly fold: TransactionFold;
  private readonly tail: WalTail;
  private readonly fault: Fault;
  private readonly unlock: () => void;
  private readonly now: () => number;
  private readonly sweeping: NodeJS.Timeout;
  private readonly schemas: TableSchemas;
  private readonly shelf: SnapshotShelf;
  private state: LogState;
  private transaction = { op: 0, skip: false, isOpen: false };
  private recent: number[] = [];
  private readonly waitingForWal = new Set<() => void>();
  /** Every change with a commit position up to this one is in the journal. */
  seen = 0n;
  stopped = false;

  constructor(options: ShapeLogOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.fault = options.fault ?? noFault;
    this.name = options.name ?? 'switchboard_shapes';
    this.chunkBytes = options.chunkBytes ?? 8 * 1024 * 1024;
    this.unlock = lockDirectory(options.dir);
    this.pool = new pg.Pool({ connectionString: options.url, max: 2, application_name: 'switchboard-shapes' });
    const lost = (error: Error) => options.log.warn({ err: error }, 'the shape log lost a connection');
    this.pool.on('error', lost);
    // Also while it is checked out: an error nobody listens for would end the process.
    this.pool.on('connect', (client) => client.on('error', lost));
    this.state = loadState(options.dir);
    this.journal = new ChangeJournal(path.join(options.dir, 'journal'), options.journal, options.fault);
    this.catalog = new ShapeCatalog(options.dir, options.limits, options.fault);
    this.fold = new TransactionFold(this.journal, Math.min(PIECE_BYTES, this.chunkBytes / 8));
    this.schemas = new TableSchemas(this.pool);
    this.shelf = new SnapshotShelf({
      ...options,
      chunkBytes: this.chunkBytes,
      begin: (look) => this.beginSnapshot(look),
    });
    this.tail = new WalTail({ ...options, publication: this.name, reader: this });
    this.sweeping = setInterval(() => this.sweepOrSay(), SWEEP_MS).unref();
  }

  /** Makes publication and slot where they are missing and begins to follow. */
  async start(): Promise<void> {
    const acknowledged = BigInt(this.state.acknowledged);
    this.seen = acknowledged > this.journal.head ? acknowledged : this.journal.head;
    this.catalog.load(await this.schemas.read([...this.publicTables(), ...this.catalog.savedTables()]));
    this.journal.retain((key) => this.catalog.findByKey(key) !== undefined);
    await this.tail.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.sweeping);
    await this.tail.stop();
    const shapes = [...this.catalog.all()];
    for (const shape of shapes) shape.wake();
    for (const resume of Array.from(this.waitingForWal)) resume();
    await Promise.all(shapes.flatMap(({ snapshots }) => snapshots.map((snapshot) => snapshot.remove())));
    await this.pool.end();
    this.journal.flush();
    this.saveState({ acknowledged: String(this.seen) });
    this.catalog.close();
    this.journal.close();
    this.unlock();
  }

  /** The table as it is now. Throws `not_found` when there is none. */
  async schemaOf(table: Pick<ShapeDefinition, 'schema' | 'table'>): Promise<TableSchema> {
    const schema = await this.schemas.find(table);
    if (!schema) throw new AppError('not_found', `There is no table ${relationOf(table)}.`);
    return schema;
  }

  /** The live shape of this definition. From here on its changes are kept. */
  async open(definition: ShapeDefinition): Promise<LiveShape> {
    const schema = await this.schemaOf(definition);
    const known = this.find(definition, schema);
    if (known) {
      known.askedAt = this.now();
      return known;
    }
    if (!this.options.tables) await publishTable(this.pool, this.name, relationOf(definition));
    const shape = this.find(definition, schema) ?? this.catalog.add(definition, schema, this.now());
    if (this.catalog.isFull()) this.sweep();
    return shape;
  }

  find(definition: ShapeDefinition, schema: TableSchema): LiveShape | undefined {
    return this.catalog.find(hashOf(definition, schema));
  }

  /** The live shape a handle names. */
  findByHandle(handle: string): LiveShape | undefined {
    return this.catalog.findByKey(handle.split('-').slice(0, 2).join('-'));
  }

  /** The live shapes of a table. */
  ofTable(table: Pick<ShapeDefinition, 'schema' | 'table'>): LiveShape[] {
    return [...this.catalog.ofTable(relationOf(table))];
  }

  /** Forgets a shape: its readers begin anew. */
  drop(shapes: readonly LiveShape[], reason: string): void {
    if (shapes.length === 0) return;
    this.catalog.drop(shapes);
    for (const shape of shapes) {
      this.fold.forget(shape);
      for (const snapshot of shape.snapshots) void snapshot.remove();
      shape.wake();
    }
    this.journal.retain((key) => this.catalog.findByKey(key) !== undefined);
    this.options.log.info({ shapes: shapes.length, reason }, 'shapes begin anew');
  }

  /** Ends long polls with an empty answer, so that their readers ask again and what they may see is looked at again. */
  wakeAll(isMeant: (definition: ShapeDefinition) => boolean = () => true): void {
    for (const shape of this.catalog.all())
      if (isMeant(shape.definition)) {
        shape.woken += 1;
        shape.wake();
      }
  }

  /** Whether the log still has everything of this shape behind a position. */
  reaches(shape: LiveShape, { lsn, op }: LogPosition): boolean {
    return lsn <= this.end && this.journal.reaches(shape.key, lsn, op);
  }

  /** A position that is ahead of us may be the database's: after a restart the log needs a moment to catch up. */
  async waitForWal(lsn: bigint, signal: AbortSignal): Promise<void> {
    while (lsn > this.end && !signal.aborted && !this.stopped)
      await new Promise<void>((resolve) => {
        const done = () => {
          this.waitingForWal.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.waitingForWal.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
  }

  /** The snapshot for a client that begins: the newest one while it is worth more than a new one. */
  snapshotFor(shape: LiveShape): ShapeSnapshot {
    return this.shelf.newest(shape, ({ start }) =>
      this.reaches(shape, start) ? this.journal.bytesAfter(shape.key, start.lsn) : null,
    );
  }

  findSnapshot(shape: LiveShape, number: number): ShapeSnapshot | null {
    return this.shelf.find(shape, number);
  }

  /** Where a client that wants no rows, only what happens from now on, begins. */
  get head(): LogPosition {
    const { lsn } = this.fold;
    return { lsn: this.transaction.isOpen && lsn > this.seen ? lsn : this.seen, op: Number.MAX_SAFE_INTEGER };
  }

  /**
   * Messages behind a position, at most about one chunk, without the transactions that the reader's snapshot contains.
   * `end` is where the answer stops; `upToDate` whether that is the newest there is.
   */
  readAfter(shape: LiveShape, position: LogPosition, snapshot: ShapeSnapshot | null) {
    const visibility = snapshot?.visibility;
    const messages: string[] = [];
    let bytes = 0;
    let end = position;
    let upToDate = true;
    for (const record of this.journal.recordsAfter(shape.key, position.lsn, position.op)) {
      if (bytes >= this.chunkBytes) {
        upToDate = false;
        break;
      }
      const at = { lsn: record.lsn, op: record.op };
      if (visibility && isVisible(visibility, record.xid)) {
        // Passed for good: after a restart nobody knows any more what the snapshot contained.
        end = at;
        continue;
      }
      messages.push(this.journal.read(record).toString('utf8'));
      bytes += record.length;
      end = at;
    }
    return { messages, end, upToDate, seen: this.seen, moved: messages.length > 0 };
  }

  // ── WalReader ──

  async openSlot(): Promise<string> {
    const tables = this.options.tables ? [...(await this.schemas.read(this.publicTables())).keys()] : [];
    const slot = await openSlot(this.pool, { name: this.name, tables }, { epoch: this.state.epoch, end: this.end });
    if (slot.isNew) {
      this.drop([...this.catalog.all()], 'the log begins at a new place');
      this.journal.clear();
      this.recent = [];
      this.schemas.clear();
      this.seen = slot.start;
      this.saveState({ epoch: slot.epoch, acknowledged: String(slot.start) });
    }
    return slot.name;
  }

  begin(lsn: bigint, xid: number): void {
    this.transaction = { op: 0, skip: lsn <= this.journal.head, isOpen: true };
    this.fold.begin(lsn, xid);
  }

  change(relation: string, change: RowChange): void {
    if (this.transaction.skip) return;
    const { op } = this.transaction;
    this.transaction.op += 2;
    const rows = change.kind === 'insert' ? [change.after] : [change.before];
    if (change.kind === 'update') rows.push(change.after);
    for (const shape of this.catalog.candidates(relation, rows))
      for (const [i, message] of toShapeOperations(shape, change).entries()) this.fold.add(shape, message, op + i);
  }

  truncate(relation: string): void {
    if (!this.transaction.skip) this.drop([...this.catalog.ofTable(relation)], `${relation} was truncated`);
  }

  relation({ oid, name, signature }: WalRelation): void {
    const isAltered = this.schemas.compare(name, oid, signature);
    if (!isAltered) return;
    const affected = [...this.catalog.ofTable(name)].filter(({ definition }) => definition.columns.some(isAltered));
    this.drop(affected, `${name} was altered`);
    this.schemas.forget(name);
  }

  commit(): void {
    const { lsn, xid } = this.fold;
    this.transaction.isOpen = false;
    if (this.transaction.skip) return;
    this.fold.finish();
    const touched = this.journal.commit(lsn);
    this.recent.push(xid);
    if (this.recent.length > RECENT_TRANSACTIONS) this.recent.splice(0, RECENT_TRANSACTIONS / 2);
    if (lsn > this.seen) this.seen = lsn;
    for (const key of touched) this.catalog.findByKey(key)?.wake();
  }

  cut(): void {
    this.transaction.isOpen = false;
    this.fold.abandon();
    this.journal.abandon();
  }

  received(seen: bigint): void {
    if (seen > this.seen) this.seen = seen;
    for (const resume of Array.from(this.waitingForWal)) resume();
  }

  flushed(seen: bigint): bigint {
    if (BigInt(this.state.acknowledged) === seen) return seen;
    this.journal.flush();
    this.fault('before state');
    this.saveState({ acknowledged: String(seen) });
    this.fault('after state');
    return seen;
  }

  // ── the inside ──

  private get end(): bigint {
    return this.seen > this.journal.head ? this.seen : this.journal.head;
  }

  private publicTables = (): [string, string][] => (this.options.tables ?? []).map((table) => ['public', table]);

  /** A transaction is in the WAL a moment before new snapshots see it: looks again until none that we passed is missed. */
  private async beginSnapshot(look: () => Promise<SnapshotVisibility>): Promise<bigint> {
    for (;;) {
      const startLsn = this.end;
      const passed = this.transaction.isOpen ? [...this.recent, this.fold.xid] : [...this.recent];
      const visibility = await look();
      if (passed.every((xid) => isVisible(visibility, xid))) return startLsn;
    }
  }

  /** Drops what nobody asked for in too long or is too much, and notes when the rest was last asked for. */
  private sweep(): void {
    this.drop(this.catalog.stale(this.now()), 'nobody asked for them');
    for (const shape of this.catalog.all()) this.shelf.removeUnused(shape);
    this.catalog.compact();
  }

  /** Room is made an hour later where the disk does not let it be made now. */
  private sweepOrSay(): void {
    try {
      this.sweep();
    } catch (error) {
      this.options.log.error({ err: error }, 'the shape log could not put its list in order');
    }
  }

  private saveState(change: Partial<LogState>): void {
    this.state = { ...this.state, ...change };
    saveState(this.options.dir, this.state);
  }
}
