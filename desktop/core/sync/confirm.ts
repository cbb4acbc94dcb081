import type { Replica } from '../replica/open-replica.ts';
import { getReplicaTable, REPLICA_TABLES } from '../replica/replica-schema.ts';
import { endSameRows } from './bulk-patch.ts';
import { findServerRow, settle } from './settle.ts';

/**
 * Drops the patches of accepted writes that a table's stream has completely shown, in write order: the first write that is
 * not yet there stops the walk, else a newer value would be dropped while an older one is still replayed over the server's.
 *
 * A write is in a table when the table's watermark has reached the write's commit position. The receipt gives that
 * position exactly, and moves no table by itself, so nothing disappears before its own row has come.
 */
export function confirm(replica: Replica, table: string): void {
  const { lsn, denied } = replica.sql('SELECT lsn, denied FROM stream WHERE tbl = ?').get(table) as {
    lsn: number;
    denied: number;
  };
  for (;;) {
    // One at a time: an outbox of fifty thousand must not be read for a batch of one.
    const next = replica
      .sql(
        `SELECT w.seq, w.write_id, w.state, w.commit_lsn FROM pending_patch p JOIN pending_write w ON w.seq = p.seq
         WHERE p.tbl = ? ORDER BY p.seq LIMIT 1`,
      )
      .get(table) as { seq: number; write_id: string; state: string; commit_lsn: number | null } | undefined;
    if (!next || next.state !== 'accepted' || next.commit_lsn === null) return;
    // A table that this person may no longer see never shows anything: acceptance is all that can be known.
    if (next.commit_lsn > lsn && !denied) return;
    dropPatches(replica, table, next.seq);
    endIfDone(replica, next.seq, next.write_id);
  }
}

/** Also ends accepted writes that patch nothing. */
export function confirmAll(replica: Replica): void {
  for (const { name } of REPLICA_TABLES) confirm(replica, name);
  const bare = replica
    .sql(
      `SELECT seq, write_id FROM pending_write w WHERE state = 'accepted'
         AND NOT EXISTS (SELECT 1 FROM pending_patch p WHERE p.seq = w.seq)`,
    )
    .all() as { seq: number; write_id: string }[];
  for (const { seq, write_id: writeId } of bare) endIfDone(replica, seq, writeId);
}

function dropPatches(replica: Replica, table: string, seq: number): void {
  const ids = replica
    .sql('SELECT DISTINCT id FROM pending_target WHERE seq = ? AND tbl = ?')
    .pluck()
    .all(seq, table) as string[];
  const isBulk = ids.length > replica.bulkFrom && !replica.merging.has(table);
  const servers = isBulk ? [] : ids.map((id) => findServerRow(replica, getReplicaTable(table), id));
  // The plus keeps SQLite from walking through all targets of the table instead of those of the write.
  replica.sql('DELETE FROM pending_target WHERE seq = ? AND +tbl = ?').run(seq, table);
  replica.sql('DELETE FROM pending_patch WHERE seq = ? AND tbl = ?').run(seq, table);
  if (!isBulk) return ids.forEach((id, i) => settle(replica, table, id, servers[i] ?? null));
  for (const id of endSameRows(replica, table, ids))
    settle(replica, table, id, findServerRow(replica, getReplicaTable(table), id));
}

function endIfDone(replica: Replica, seq: number, writeId: string): void {
  const left = replica.sql('SELECT 1 FROM pending_patch WHERE seq = ? LIMIT 1').get(seq);
  if (left) return;
  replica.sql('DELETE FROM pending_write WHERE seq = ?').run(seq);
  replica.sql('DELETE FROM write_mark WHERE write_id = ?').run(writeId);
  replica.sql('INSERT OR IGNORE INTO ended_write (write_id) VALUES (?)').run(writeId);
  replica.touch('outbox');
}
