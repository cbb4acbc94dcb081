import { constants, copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import type { Identity } from '../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../shared/catalog/operations.ts';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { BULK_SIZE } from '../features/outbox/bulk-size.ts';
import { marksOf } from '../features/outbox/write-marks.ts';
import { CHOSEN_SETTINGS } from '../replica/local-settings.ts';
import type { Cell } from '../replica/cells.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { isPlainDatabase, openDatabase, type ReplicaPlace } from '../replica/sealed-database.ts';
import { writeLocally } from '../sync/local-write.ts';

type Row = Record<string, Cell>;

/** What only this computer has, in its order: everything else comes again from the server. */
export type KeptWork = {
  writes: Row[];
  /** Rows of other tables, copied as they are. */
  rows: Record<string, Row[]>;
};

const COPIED = ['refused_write', 'write_mark', 'bulk_command', 'ended_write', 'local_setting'] as const;

/** Changes as people count them: an import or a bulk act is one. */
export const countUnits = ({ writes, rows }: KeptWork): number =>
  new Set([...writes, ...(rows['refused_write'] ?? [])].map(({ unit }) => unit)).size;

/** Reads as far as the file can be read: a damaged page ends its table, not the others. */
export function readKeptWork(db: Database.Database): KeptWork {
  const known = new Set(readRows(db, `SELECT name FROM sqlite_schema WHERE type = 'table'`).map(({ name }) => name));
  const read = (table: string, order: string) =>
    known.has(table) ? readRows(db, `SELECT * FROM ${table} ORDER BY ${order}`) : [];
  return {
    writes: read('pending_write', 'seq').filter(isReadable),
    rows: Object.fromEntries(
      COPIED.map((table) => [
        table,
        read(table, table === 'refused_write' || table === 'bulk_command' ? 'rowid' : '1'),
      ]),
    ),
  };
}

/** A damaged page may still be read, as something else than was written. */
function isReadable({ input }: Row): boolean {
  try {
    return typeof JSON.parse(String(input)) === 'object';
  } catch {
    return false;
  }
}

/** The same of a file that nobody has open. A file that is no database at all has nothing to keep. */
export function readKeptWorkOf({ file, key }: ReplicaPlace): KeptWork {
  try {
    const db = openDatabase(file, isPlainDatabase(file) ? null : key, { readonly: true });
    try {
      return readKeptWork(db);
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamaged(error)) return { writes: [], rows: {} };
    throw error;
  }
}

function readRows(db: Database.Database, sql: string): Row[] {
  const rows: Row[] = [];
  try {
    for (const row of db.prepare(sql).iterate()) rows.push(row as Row);
  } catch (error) {
    if (!isDamaged(error)) throw error;
  }
  return rows;
}

export const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));

/** Puts kept work into a new replica, all of it or nothing. Writes keep their ids, so none counts twice. */
export function carryOver(replica: Replica, identity: Identity, kept: KeptWork): void {
  replica.tx(() => {
    for (const write of kept.writes) carryWrite(replica, identity, write);
    for (const [table, rows] of Object.entries(kept.rows))
      for (const row of rows) if (table !== 'local_setting' || isChosen(row)) copyRow(replica, table, row);
  });
}

const isChosen = ({ key }: Row): boolean =>
  (CHOSEN_SETTINGS as readonly unknown[]).includes(key) || String(key).startsWith(BULK_SIZE);

function carryWrite(replica: Replica, { userId, tenantId }: Identity, row: Row): void {
  const { seq: _, commit_lsn: __, exact: ___, state, ...rest } = row;
  const [writeId, name, unit] = [String(row['write_id']), String(row['name']), String(row['unit'])];
  const madeAt = Number(row['made_at']);
  const input: unknown = JSON.parse(String(row['input']));
  const operation = findOperation(name);
  // What no longer makes sense here goes to the server as it is, which refuses it with a reason.
  const valid = operation?.input.safeParse(input).success ?? false;
  const patches: readonly Patch[] = valid ? (operation?.patches?.(input, { now: madeAt, userId, tenantId }) ?? []) : [];
  writeLocally(replica, { writeId, name, input, madeAt, unit, patches, marks: marksOf(input, patches) });
  // An accepted one is asked about again: the server knows it by its id, and tells where its log stands now.
  setColumns(replica, 'pending_write', { ...rest, state: state === 'queued' ? 'queued' : 'sent' }, writeId);
}

function setColumns(replica: Replica, table: string, row: Row, writeId: string): void {
  const columns = sharedColumns(replica, table, row);
  replica
    .sql(`UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE write_id = ?`)
    .run(...columns.map((column) => row[column]), writeId);
}

function copyRow(replica: Replica, table: string, row: Row): void {
  const columns = sharedColumns(replica, table, row);
  if (columns.length === 0) return;
  replica
    .sql(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(...columns.map((column) => row[column]));
}

/** The columns that both versions know: a replica of an older version may lack some, or a whole table. */
function sharedColumns(replica: Replica, table: string, row: Row): string[] {
  const known = replica.sql('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
  return known.filter((column) => row[column] !== undefined);
}

/**
 * Makes a replica that holds nothing but kept work take the place of `file`, in one step: a power cut leaves the old one or
 * the new one. Nobody may have `file` open. Throws with the old one in place, for instance on a full disk.
 */
export function replaceReplica(
  { file, key }: ReplicaPlace,
  identity: Identity,
  kept: KeptWork,
  prepare: (replica: Replica) => void,
): void {
  const beside = besideOf(file);
  removeReplica(beside);
  try {
    const replica = openReplica(beside, key);
    try {
      prepare(replica);
      carryOver(replica, identity, kept);
    } finally {
      replica.close();
    }
  } catch (error) {
    removeReplica(beside);
    throw error;
  }
  // The log of the old one is empty when its last connection closes; left beside the new file it would spoil that.
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, REMOVAL);
  renameSync(beside, file);
}

/** Removes all that lies in the folder of a replica: copies put aside, and the replica itself where it is not to stay. */
export function clearBeside(file: string, keep: boolean): void {
  const dir = path.dirname(file);
  for (const name of readdirSync(dir)) if (!keep || name !== path.basename(file)) rmSync(path.join(dir, name), REMOVAL);
}

/** A copy that was being made when the power went. */
export const besideOf = (file: string): string => file.replace(/\.sqlite$/, '.rebuilt.sqlite');

// On Windows somebody may hold a file for a moment longer.
export const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 } as const;

export function removeReplica(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, REMOVAL);
}

const asideOf = (file: string, why: string, now: number): string => file.replace(/\.sqlite$/, `.${why}-${now}.sqlite`);

/** Copies a replica with its log, at no cost where the disk can share blocks. Nobody may have it open. */
export function keepAside(file: string, why: string, now: number): string {
  const aside = asideOf(file, why, now);
  for (const suffix of ['-wal', '-shm', ''])
    if (existsSync(file + suffix)) copyFileSync(file + suffix, aside + suffix, constants.COPYFILE_FICLONE);
  return aside;
}

/** Renames a replica with its log. Nobody may have it open. */
export function putAside(file: string, why: string, now: number): string {
  const aside = asideOf(file, why, now);
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  return aside;
}
