/** Version 1 of the tables that replication itself needs. Never edited: later versions are in `migrations.ts`. */
export const SYNC_TABLES = [
  // The outbox, in order. `unit` is what people count: all writes of one import share theirs.
  `CREATE TABLE pending_write (seq INTEGER PRIMARY KEY AUTOINCREMENT, write_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
     input TEXT NOT NULL, made_at INTEGER NOT NULL, unit TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued',
     commit_lsn INTEGER, exact INTEGER NOT NULL DEFAULT 0) STRICT`,
  `CREATE INDEX pending_write_by_unit ON pending_write(unit)`,
  `CREATE INDEX pending_write_undecided ON pending_write(seq) WHERE state <> 'accepted'`,
  `CREATE TABLE pending_patch (seq INTEGER, part INTEGER, tbl TEXT NOT NULL, kind TEXT NOT NULL, body TEXT,
     PRIMARY KEY (seq, part)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX pending_patch_by_table ON pending_patch(tbl, seq)`,
  `CREATE TABLE pending_target (tbl TEXT, id TEXT, seq INTEGER, part INTEGER,
     PRIMARY KEY (tbl, id, seq, part)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX pending_target_by_write ON pending_target(seq, tbl)`,
  // The server's row behind a row with pending patches; a NULL image says that the server has none.
  `CREATE TABLE pending_base (tbl TEXT, id TEXT, image TEXT, PRIMARY KEY (tbl, id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE refused_write (write_id TEXT PRIMARY KEY, name TEXT NOT NULL, input TEXT NOT NULL, made_at INTEGER NOT NULL,
     unit TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, details TEXT, because_of TEXT) STRICT`,
  // Which records wear a mark for a write that is pending or refused.
  `CREATE TABLE write_mark (subject TEXT, field TEXT, write_id TEXT, PRIMARY KEY (subject, field, write_id)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX write_mark_by_write ON write_mark(write_id)`,
  `CREATE TABLE stream (tbl TEXT PRIMARY KEY, handle TEXT, "offset" TEXT, lsn INTEGER NOT NULL DEFAULT 0,
     pos_lsn INTEGER NOT NULL DEFAULT 0, pos_op INTEGER NOT NULL DEFAULT -1, staging INTEGER NOT NULL DEFAULT 0,
     ready INTEGER NOT NULL DEFAULT 0, bulk INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID`,
];
