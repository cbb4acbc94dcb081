import type { Database } from 'better-sqlite3';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { CREATE_CONTACT_CHANGES } from './contact-changes.ts';
import { SYNC_TABLES } from './sync-schema.ts';

/** Bulk commands, sparse server images, epochs, access that ends, what a device keeps for itself. */
const SECOND = [
  'ALTER TABLE pending_write ADD COLUMN based_on TEXT',
  // A chained write makes no sense without the earlier ones of its unit: parts of an import.
  'ALTER TABLE pending_write ADD COLUMN chained INTEGER NOT NULL DEFAULT 0',
  'UPDATE pending_write SET chained = 1 WHERE unit <> write_id',
  `CREATE INDEX pending_write_accepted ON pending_write(seq) WHERE state = 'accepted'`,
  // Cells of a row that a patch of many rows sets for this one alone.
  'ALTER TABLE pending_target ADD COLUMN own TEXT',
  // 1: the row is shown exactly as the server has it, so that ending its last patch changes nothing.
  'ALTER TABLE pending_base ADD COLUMN same INTEGER NOT NULL DEFAULT 0',
  // 1: the server does not let this person see the table any more.
  'ALTER TABLE stream ADD COLUMN denied INTEGER NOT NULL DEFAULT 0',
  // Writes that will never be sent again, for the server to know. `durable`: that is on disk, so it may be told.
  'CREATE TABLE ended_write (write_id TEXT PRIMARY KEY, durable INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID',
  `CREATE TABLE bulk_command (unit TEXT PRIMARY KEY, name TEXT NOT NULL, input TEXT NOT NULL, made_at INTEGER NOT NULL,
     next INTEGER NOT NULL DEFAULT 0) STRICT`,
  'CREATE TABLE local_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  // How far the full-text index reaches while it is being built.
  'CREATE TABLE search_progress (done INTEGER NOT NULL) STRICT',
  'INSERT INTO search_progress VALUES (9007199254740991)',
  'CREATE TABLE replica_owner (user_id TEXT NOT NULL, tenant_id TEXT NOT NULL) STRICT',
];

/** Full text of more than contacts: from which row up to which each index reaches. One that was being built is begun again. */
const THIRD = [
  'CREATE TABLE search_built (tbl TEXT PRIMARY KEY, down_to INTEGER NOT NULL, up_to INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  `INSERT INTO search_built SELECT 'contacts', 0, 9007199254740991 FROM search_progress WHERE done = 9007199254740991
     AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'contacts_prefix')`,
  ...['insert', 'delete', 'update'].map((act) => `DROP TRIGGER IF EXISTS contacts_search_${act}`),
  'DROP TABLE search_progress',
];

/** Which contacts changed, for the facts that readers keep in memory. */
const FOURTH = [CREATE_CONTACT_CHANGES];

/** What the server told of a contact's past, kept for when there is no line. `next`: where the older rest begins there. */
const FIFTH = [
  `CREATE TABLE contact_history (id TEXT NOT NULL, contact_id TEXT NOT NULL, at INTEGER NOT NULL, entry TEXT NOT NULL,
     PRIMARY KEY (contact_id, at, id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE contact_history_kept (contact_id TEXT PRIMARY KEY, next TEXT, fetched_at INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
];

/**
 * The tables that replication itself needs, forward only: the nth entry takes a replica from version n to n + 1. An entry that
 * has shipped is never edited. Replicated tables are not here: `fitTables` makes them what the contract says.
 */
const MIGRATIONS: readonly (readonly string[])[] = [SYNC_TABLES, SECOND, THIRD, FOURTH, FIFTH];

/** Brings a replica to this version, in one transaction of the caller. Pending writes stay as they are. */
export function migrate(db: Database, migrations = MIGRATIONS): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from > migrations.length)
    throw new AppError(
      'not_allowed_now',
      'The data on this computer was written by a newer version of Switchboard. Nothing was changed. Update Switchboard to open it.',
    );
  for (const statements of migrations.slice(from)) for (const sql of statements) db.exec(sql);
  if (from < migrations.length) db.pragma(`user_version = ${migrations.length}`);
}
