import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { relationOf, toWhereSql } from '../shape-definition.ts';
import { noFault, type Fault } from './fault-point.ts';
import { keyPrefix, type MessageShape } from './shape-message.ts';
import { readVisibility, type SnapshotVisibility } from './snapshot-visibility.ts';
import { TEXT_FORMAT_OPTIONS } from './wal-tail.ts';

const ROWS_A_FETCH = 1_000;

export type SnapshotOptions = {
  /** Its own name, never used twice. */
  readonly number: number;
  readonly dir: string;
  readonly chunkBytes: number;
  readonly now: number;
  readonly fault?: Fault;
};

/**
 * The rows of a shape at one moment, as message files that are served while the later ones are still being written.
 * Clients go on from `startLsn` in the log, leaving out what `visibility` says the rows already contain.
 * The files need not survive a power cut: a snapshot is made anew after every start.
 */
export class ShapeSnapshot {
  readonly number: number;
  startLsn = 0n;
  visibility: SnapshotVisibility | null = null;
  bytes = 0;
  lastUsedAt: number;
  private readonly dir: string;
  private readonly chunkBytes: number;
  private readonly fault: Fault;
  private chunks = 0;
  private complete = false;
  private failure: unknown = null;
  private dropped = false;
  private wakeups: (() => void)[] = [];

  constructor({ number, dir, chunkBytes, now, fault = noFault }: SnapshotOptions) {
    this.dir = path.join(dir, String(number));
    this.number = number;
    this.chunkBytes = chunkBytes;
    this.lastUsedAt = now;
    this.fault = fault;
  }

  /** The file of a chunk as soon as it is written, null behind the last one; there is at least one. Rejects when the snapshot failed. */
  async chunkFile(chunk: number): Promise<string | null> {
    while (chunk >= this.chunks && !this.complete && !this.failure)
      await new Promise<void>((resolve) => this.wakeups.push(resolve));
    if (chunk < this.chunks) return this.fileOf(chunk);
    if (this.failure) throw this.failure;
    return null;
  }

  /** Where in the log its readers go on. */
  get start(): { readonly lsn: bigint; readonly op: number } {
    return { lsn: this.startLsn, op: Number.MAX_SAFE_INTEGER };
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  /** Nobody needs it any more. If it is still being written, that ends. */
  remove(): Promise<void> {
    this.dropped = true;
    this.failure ??= new Error('the snapshot was dropped');
    this.wake();
    return rm(this.dir, { recursive: true, force: true });
  }

  /**
   * Reads the rows in one repeatable-read transaction. `begin` runs until the snapshot contains every transaction that the log
   * had passed by when it began; it answers the position from which clients go on. Answers why it failed, null when it did not
   * or was dropped.
   */
  async write(
    url: string,
    shape: MessageShape,
    begin: (look: () => Promise<SnapshotVisibility>) => Promise<bigint>,
  ): Promise<unknown> {
    const client = new pg.Client({
      connectionString: url,
      options: TEXT_FORMAT_OPTIONS,
      application_name: 'switchboard-snapshot',
    });
    // A connection lost between two queries; the query under way rejects by itself.
    client.on('error', (error) => (this.failure ??= error));
    try {
      mkdirSync(this.dir, { recursive: true });
      await client.connect();
      let visibility: SnapshotVisibility | null = null;
      this.startLsn = await begin(async () => {
        await client.query('rollback');
        await client.query('begin isolation level repeatable read read only');
        const { rows } = await client.query<{ seen: string }>('select pg_current_snapshot()::text as seen');
        visibility = readVisibility(rows[0]?.seen ?? '');
        return visibility;
      });
      this.visibility = visibility;
      await this.writeRows(client, shape);
      this.complete = true;
      return null;
    } catch (error) {
      this.failure ??= error;
      await rm(this.dir, { recursive: true, force: true });
      return this.dropped ? null : this.failure;
    } finally {
      await client.end().catch(() => {});
      this.wake();
    }
  }

  private async writeRows(client: pg.Client, shape: MessageShape): Promise<void> {
    const { text, values } = snapshotQuery(shape);
    await client.query({ text: `declare rows no scroll cursor for ${text}`, values });
    let parts: string[] = [];
    let size = 0;
    for (;;) {
      const { rows } = await client.query<[string]>({ text: `fetch ${ROWS_A_FETCH} from rows`, rowMode: 'array' });
      if (this.failure) throw this.failure;
      for (const [message] of rows) {
        parts.push(message);
        size += message.length;
        if (size < this.chunkBytes) continue;
        this.writeChunk(parts);
        parts = [];
        size = 0;
      }
      if (rows.length < ROWS_A_FETCH) break;
    }
    if (parts.length > 0 || this.chunks === 0) this.writeChunk(parts);
  }

  private writeChunk(messages: readonly string[]): void {
    this.fault('before chunk');
    const bytes = Buffer.from(`[${messages.join(',')}]`);
    writeFileSync(this.fileOf(this.chunks), bytes);
    this.bytes += bytes.length;
    this.chunks += 1;
    this.fault('after chunk');
    this.wake();
  }

  private wake(): void {
    const waiting = this.wakeups;
    this.wakeups = [];
    for (const resolve of waiting) resolve();
  }

  private readonly fileOf = (chunk: number): string => path.join(this.dir, `${chunk}.json`);
}

/** Postgres writes the whole messages: one text a row is what costs this process least. */
function snapshotQuery(shape: MessageShape): { text: string; values: string[] } {
  const { definition, keys, padded } = shape;
  const quoted = (name: string) => pg.escapeIdentifier(name);
  // A cast to text would strip the blanks that the stream has.
  const asText = (column: string) =>
    padded.has(column) ? `textin(bpcharout(k.${quoted(column)}))` : `k.${quoted(column)}::text`;
  const columns = definition.columns.map((column) => `${asText(column)} as ${quoted(column)}`).join(', ');
  const keyParts = keys.map((column) => `coalesce('"' || replace(${asText(column)}, '/', '//') || '"', '_')`);
  const key = `to_json(concat_ws('/', ${[pg.escapeLiteral(keyPrefix(definition)), ...keyParts].join(', ')}))::text`;
  const relation = JSON.stringify([definition.schema ?? 'public', definition.table]);
  const headers = pg.escapeLiteral(`,"headers":{"operation":"insert","relation":${relation}}}`);
  const where = toWhereSql(definition.where);
  return {
    text: `select '{"key":' || ${key} || ',"value":' || row_to_json(r)::text || ${headers}
             from (select * from ${relationOf(definition)} where ${where.text}) k,
                  lateral (select ${columns}) r`,
    values: where.values,
  };
}
