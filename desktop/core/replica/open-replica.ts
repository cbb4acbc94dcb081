import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database, { type Statement } from 'better-sqlite3';
import { fitTables } from './fit-tables.ts';
import { migrate } from './migrations.ts';
import { DERIVING } from './replica-schema.ts';
import { openDatabase, type ReplicaKey } from './sealed-database.ts';
import { TouchedRows, type Touched } from './touched-rows.ts';

/** The log is written back by a thread of its own. Only where that fails does the writer do it, at 200 MB. */
const CHECKPOINT_PAGES = 50_000;

const BULK_FROM = 64;

/** The one writing connection to a replica. */
export type Replica = {
  db: Database.Database;
  /** A prepared statement, kept for the life of the connection. */
  sql: (text: string) => Statement<unknown[]>;
  /**
   * All or nothing. What it changed is announced only when it is committed. `local` waits for the disk: what a person typed
   * survives a power cut. `fed` does not: the server sends it again from the position that is stored in the same transaction.
   */
  tx: <T>(act: () => T, origin?: 'local' | 'fed') => T;
  /** Notes that rows of this table (or `outbox`) differ now, which one where it is one. Inside `tx`. */
  touch: (table: string, rows?: number, id?: string) => void;
  /** Rows of one patch from which on they are written by set instead of one by one. */
  bulkFrom: number;
  /** Tables whose new copy is taking the place of the old one, row by row. */
  merging: Set<string>;
  /** What was committed since the last call. */
  takeTouched: () => Touched;
  close: () => void;
};

/** Binds `?1`, `?2`, … which better-sqlite3 takes for names. */
export const numbered = <T>(...values: T[]): Record<string, T> =>
  Object.fromEntries(values.map((value, i) => [String(i + 1), value]));

/**
 * Opens or creates the replica at `file`, encrypted with `key`; for tests `:memory:` or a serialised one. Needs neither a network
 * nor a token.
 */
export function openReplica(file: string | Buffer, key: ReplicaKey = null): Replica {
  if (typeof file === 'string' && file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const db = typeof file === 'string' ? openDatabase(file, key) : new Database(file);
  try {
    prepareReplica(db);
  } catch (error) {
    // Left open it could not be put aside on Windows.
    db.close();
    throw error;
  }
  return replicaOver(db);
}

function prepareReplica(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('cache_size = -65536');
  db.pragma('temp_store = MEMORY');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma('busy_timeout = 5000');
  for (const [name, derive] of Object.entries(DERIVING)) db.function(name, { deterministic: true }, derive);
  db.transaction(() => {
    migrate(db);
    fitTables(db);
  }).immediate();
}

export function replicaOver(db: Database.Database): Replica {
  const statements = new Map<string, Statement<unknown[]>>();
  let touching = new TouchedRows();
  const touched = new TouchedRows();
  let durability = 'local';
  // A later commit that waits for the disk takes the earlier ones along: they are in the same log.
  const setDurability = (origin: 'local' | 'fed') => {
    if (durability !== origin) db.pragma(`synchronous = ${origin === 'local' ? 'FULL' : 'NORMAL'}`);
    durability = origin;
  };
  const replica: Replica = {
    db,
    sql: (text) => {
      const known = statements.get(text);
      if (known) return known;
      const made = db.prepare<unknown[]>(text);
      statements.set(text, made);
      return made;
    },
    tx: (act, origin = 'local') => {
      if (db.inTransaction) return act();
      touching = new TouchedRows();
      setDurability(origin);
      const result = db.transaction(act).immediate();
      touched.addAll(touching.take());
      return result;
    },
    touch: (table, rows = 1, id) => touching.add(table, rows, id === undefined ? null : [id]),
    bulkFrom: BULK_FROM,
    merging: new Set(db.prepare('SELECT tbl FROM stream WHERE staging = 2').pluck().all() as string[]),
    takeTouched: () => touched.take(),
    close: () => db.close(),
  };
  return replica;
}
