import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { ShapeDefinition } from './shape-rule.ts';
import { readVisibility, type SnapshotVisibility } from './snapshot-visibility.ts';
import { TEXT_FORMAT_OPTIONS } from './wal-tail.ts';

const ROWS_A_FETCH = 2_000;

/**
 * The rows of a shape at one moment, as message files that are served while the later ones are still being written.
 * Clients go on from `startLsn` in the log, leaving out what `visibility` says the rows already contain.
 */
export class ShapeSnapshot {
  readonly number: number;
  startLsn = 0n;
  visibility: SnapshotVisibility | null = null;
  bytes = 0;
  lastUsedAt: number;
  private readonly dir: string;
  private readonly chunkBytes: number;
  private chunks = 0;
  private complete = false;
  private failure: unknown = null;
  private wakeups: (() => void)[] = [];

  constructor(dir: string, number: number, chunkBytes: number, now: number) {
    this.dir = path.join(dir, randomUUID());
    this.number = number;
    this.chunkBytes = chunkBytes;
    this.lastUsedAt = now;
  }

  /** The file of a chunk as soon as it is written, null behind the last one. Rejects when the snapshot failed. */
  async chunkFile(chunk: number): Promise<string | null> {
    while (chunk >= this.chunks && !this.complete && !this.failure)
      await new Promise<void>((resolve) => this.wakeups.push(resolve));
    if (chunk < this.chunks) return this.fileOf(chunk);
    if (this.failure) throw this.failure;
    return null;
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }

  /**
   * Reads the rows in one repeatable-read transaction. `begin` runs until the snapshot contains every transaction that the log
   * had passed by when it began; it answers the position from which clients go on.
   */
  async write(
    url: string,
    shape: ShapeDefinition,
    begin: (look: () => Promise<SnapshotVisibility>) => Promise<bigint>,
  ): Promise<void> {
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
      this.startLsn = await begin(async () => {
        await client.query('rollback');
        await client.query('begin isolation level repeatable read read only');
        const { rows } = await client.query<{ seen: string }>('select pg_current_snapshot()::text as seen');
        this.visibility = readVisibility(rows[0]?.seen ?? '');
        return this.visibility;
      });
      await this.writeRows(client, shape);
      this.complete = true;
    } catch (error) {
      this.failure = error;
    } finally {
      await client.end().catch(() => {});
      this.wake();
    }
  }

  private async writeRows(client: pg.Client, shape: ShapeDefinition): Promise<void> {
    const quoted = (name: string) => pg.escapeIdentifier(name);
    const columns = shape.columns.map((column) => `${quoted(column)}::text`).join(', ');
    const where = shape.where.map(({ column }, i) => `${quoted(column)} = $${i + 1}`).join(' and ') || 'true';
    await client.query({
      text: `declare rows no scroll cursor for
               select id::text as id, row_to_json(r)::text as value from (select ${columns} from ${quoted(shape.table)} where ${where}) r`,
      values: shape.where.map(({ value }) => value),
    });
    let parts: string[] = [];
    let size = 0;
    for (;;) {
      const { rows } = await client.query<{ id: string; value: string }>(`fetch ${ROWS_A_FETCH} from rows`);
      for (const { id, value } of rows) {
        const message = `{"key":"\\"public\\".\\"${shape.table}\\"/\\"${id}\\"","value":${value},"headers":{"operation":"insert","relation":["public","${shape.table}"]}}`;
        parts.push(message);
        size += message.length;
        if (size >= this.chunkBytes) {
          this.writeChunk(parts);
          parts = [];
          size = 0;
        }
      }
      if (rows.length < ROWS_A_FETCH) break;
    }
    if (parts.length > 0) this.writeChunk(parts);
  }

  private writeChunk(messages: readonly string[]): void {
    const fd = openSync(this.fileOf(this.chunks), 'w');
    const bytes = Buffer.from(`[${messages.join(',')}]`);
    writeSync(fd, bytes);
    fdatasyncSync(fd);
    closeSync(fd);
    this.bytes += bytes.length;
    this.chunks += 1;
    this.wake();
  }

  private wake(): void {
    const waiting = this.wakeups;
    this.wakeups = [];
    for (const resolve of waiting) resolve();
  }

  private readonly fileOf = (chunk: number): string => path.join(this.dir, `${chunk}.json`);
}
