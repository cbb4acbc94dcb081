import { AppError } from '../../../shared/kernel/app-error.ts';
import { MAX_ENDED } from '../../../shared/protocol/push.ts';
import { numbered, type Replica } from '../replica/open-replica.ts';
import { takeOffInBulk } from './bulk-patch.ts';
import { confirmAll } from './confirm.ts';
import { findDependants, Naming, type WriteRow } from './dependants.ts';
import { getReplicaTable } from '../replica/replica-schema.ts';
import { findServerRow, settle } from './settle.ts';

export type OutgoingWrite = {
  writeId: string;
  name: string;
  input: unknown;
  madeAt: number;
  basedOn?: Record<string, number>;
  unit?: string;
};
export type Refusal = { code: string; message: string; details?: Record<string, unknown> | undefined };

const MAX_WRITES = 500;
const MAX_BYTES = 3 * 1024 * 1024;

/**
 * The oldest undecided writes, in order, at most 500 of 3 MB together. They are marked as sent, durably, before they leave:
 * after a crash or a lost reply the same ones go again, and the server knows them by their ids.
 */
export function takeForPush(replica: Replica, maxWrites = MAX_WRITES): OutgoingWrite[] {
  return replica.tx(() => {
    const taken: OutgoingWrite[] = [];
    let bytes = 0;
    let lastSeq = 0;
    const rows = replica
      .sql(
        `SELECT seq, write_id, name, input, made_at, based_on, unit FROM pending_write WHERE state <> 'accepted' ORDER BY seq LIMIT ?`,
      )
      .iterate(maxWrites) as IterableIterator<OutgoingRow>;
    for (const row of rows) {
      bytes += row.input.length + 200;
      if (taken.length > 0 && bytes > MAX_BYTES) break;
      taken.push({
        writeId: row.write_id,
        name: row.name,
        input: JSON.parse(row.input),
        madeAt: row.made_at,
        ...(row.based_on ? { basedOn: JSON.parse(row.based_on) as Record<string, number> } : {}),
        ...(row.unit === row.write_id ? {} : { unit: row.unit }),
      });
      lastSeq = row.seq;
    }
    if (taken.length === 0) return taken;
    const marked = replica
      .sql(`UPDATE pending_write SET state = 'sent' WHERE state = 'queued' AND seq <= ?`)
      .run(lastSeq);
    if (marked.changes > 0) replica.touch('outbox');
    return taken;
  });
}

type OutgoingRow = {
  seq: number;
  write_id: string;
  name: string;
  input: string;
  made_at: number;
  based_on: string | null;
  unit: string;
};

/**
 * Writes that are over here and will never be sent again, for the server to forget. Told only once that is on disk: a power cut
 * must not bring back a write whose number the server has given up.
 */
export function takeEnded(replica: Replica): string[] {
  const ids = (durable: number) =>
    replica
      .sql('SELECT write_id FROM ended_write WHERE durable = ? LIMIT ?')
      .pluck()
      .all(durable, MAX_ENDED) as string[];
  if (ids(0).length > 0) replica.tx(() => void replica.sql('UPDATE ended_write SET durable = 1').run());
  return ids(1);
}

/** The server knows that these are over. */
export function forgetEnded(replica: Replica, writeIds: readonly string[]): void {
  replica.tx(
    () =>
      void replica
        .sql('DELETE FROM ended_write WHERE write_id IN (SELECT value FROM json_each(?))')
        .run(JSON.stringify(writeIds)),
    'fed',
  );
}

/** The server took a write: as `markAccepted`, and ends what can end. */
export function acceptWrite(replica: Replica, writeId: string, commitLsn: number, exact: boolean): void {
  replica.tx(() => {
    if (markAccepted(replica, writeId, commitLsn, exact)) confirmAll(replica);
  });
}

/**
 * Notes that the server took a write. `exact`: `commitLsn` is the commit's own position (from the receipt), not only a bound above
 * it. False for a write that is unknown here: it was confirmed before. `confirmAll` has to follow in the same transaction.
 */
export function markAccepted(replica: Replica, writeId: string, commitLsn: number, exact: boolean): boolean {
  const { changes } = replica
    .sql(
      `UPDATE pending_write SET state = 'accepted', commit_lsn = min(coalesce(commit_lsn, ?1), ?1), exact = max(exact, ?2)
       WHERE write_id = ?3`,
    )
    .run(numbered<string | number>(commitLsn, exact ? 1 : 0, writeId));
  if (changes > 0) replica.touch('outbox');
  return changes > 0;
}

/** The server refused a write: as `markRefused`, and ends what can end. */
export function refuseWrite(replica: Replica, writeId: string, refusal: Refusal): void {
  replica.tx(() => {
    if (markRefused(replica, writeId, refusal, new Naming(replica))) confirmAll(replica);
  });
}

/**
 * The server refused a write: its patches go, what depended on it is held with it, and the person decides. False where nothing
 * changed. `confirmAll` has to follow in the same transaction, in which all refusals may share one `naming`.
 */
export function markRefused(replica: Replica, writeId: string, refusal: Refusal, naming: Naming): boolean {
  const write = findWrite(replica, writeId);
  if (!write) {
    // The receipt was faster than the reply, and only the reply has details.
    if (refusal.details)
      replica
        .sql('UPDATE refused_write SET details = ? WHERE write_id = ? AND details IS NULL')
        .run(JSON.stringify(refusal.details), writeId);
    return false;
  }
  if (write.state === 'accepted') return false;
  const held = findDependants(replica, write, naming);
  // Newest first, so that no row is shown with half of what built upon it.
  for (const dependant of held.toReversed())
    moveToRefused(replica, dependant, { code: 'held', message: 'It builds on a change that was refused.' }, writeId);
  moveToRefused(replica, write, refusal, null);
  replica.sql('INSERT OR IGNORE INTO ended_write (write_id) VALUES (?)').run(writeId);
  return true;
}

function moveToRefused(replica: Replica, write: WriteRow, refusal: Refusal, becauseOf: string | null): void {
  replica
    .sql(
      `INSERT INTO refused_write SELECT write_id, name, input, made_at, unit, ?, ?, ?, ? FROM pending_write WHERE seq = ?`,
    )
    .run(refusal.code, refusal.message, refusal.details ? JSON.stringify(refusal.details) : null, becauseOf, write.seq);
  takeBack(replica, write.seq);
}

/** Removes a write with its patches and shows every row as it is without them. */
function takeBack(replica: Replica, seq: number): void {
  takeOffInBulk(replica, seq);
  const targets = replica.sql('SELECT DISTINCT tbl, id FROM pending_target WHERE seq = ?').all(seq) as {
    tbl: string;
    id: string;
  }[];
  const servers = targets.map(({ tbl, id }) => findServerRow(replica, getReplicaTable(tbl), id));
  replica.sql('DELETE FROM pending_target WHERE seq = ?').run(seq);
  replica.sql('DELETE FROM pending_patch WHERE seq = ?').run(seq);
  replica.sql('DELETE FROM pending_write WHERE seq = ?').run(seq);
  targets.forEach(({ tbl, id }, i) => settle(replica, tbl, id, servers[i] ?? null));
  replica.touch('outbox');
}

/** Forgets a refused write, or takes back one that has not left. Several of one transaction may share a `naming`. */
export function discardWrite(replica: Replica, writeId: string, naming = new Naming(replica)): void {
  replica.tx(() => {
    if (replica.sql('DELETE FROM refused_write WHERE write_id = ?').run(writeId).changes > 0) {
      forgetMarks(replica, writeId);
      replica.touch('outbox');
      return;
    }
    const write = findWrite(replica, writeId);
    if (!write) throw new AppError('not_found', 'This change is no longer waiting: it was saved or discarded before.');
    if (write.state !== 'queued')
      throw new AppError(
        'not_allowed_now',
        'This change may already have reached the server, so it cannot be taken back. It stays in the list until the server answers.',
      );
    const together = [...findDependants(replica, write, naming).toReversed(), write];
    for (const one of together) {
      takeBack(replica, one.seq);
      forgetMarks(replica, one.write_id);
    }
    confirmAll(replica);
  });
}

export const findWrite = (replica: Replica, writeId: string): WriteRow | null =>
  (replica.sql('SELECT seq, write_id, unit, state FROM pending_write WHERE write_id = ?').get(writeId) as
    | WriteRow
    | undefined) ?? null;

export const forgetMarks = (replica: Replica, writeId: string): void =>
  void replica.sql('DELETE FROM write_mark WHERE write_id = ?').run(writeId);
