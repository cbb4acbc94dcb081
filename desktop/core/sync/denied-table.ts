import { numbered, type Replica } from '../replica/open-replica.ts';
import { getReplicaTable, type ReplicaTable } from '../replica/replica-schema.ts';
import { resetSearch } from '../replica/search/build-search.ts';
import { confirm } from './confirm.ts';
import { settle } from './settle.ts';
import { clearStage } from './stage.ts';

const SLICE = 5_000;

/**
 * The server does not let this person see the table any more: every row of it that came from the server goes, in steps. What they
 * wrote themselves and is still pending stays, for the server to decide.
 */
export function* emptyTable(replica: Replica, name: string): Generator<void> {
  const table = getReplicaTable(name);
  const isMerging = replica.merging.has(name);
  try {
    replica.tx(() => closeStream(replica, table), 'fed');
  } catch (error) {
    // The copy that was taking over still is.
    if (isMerging) replica.merging.add(name);
    throw error;
  }
  // Those that were fetched one by one are no shape's, and go with what they belong to.
  if (KEEPS_OLDER.includes(name)) yield* emptyOlder(replica);
  for (;;) {
    const more = replica.tx(() => {
      const { changes } = replica
        .sql(
          `DELETE FROM ${name} WHERE rid IN (SELECT rid FROM ${name} t WHERE NOT EXISTS
             (SELECT 1 FROM pending_base b WHERE b.tbl = ?1 AND b.id = t.id) LIMIT ?2)`,
        )
        .run(numbered<string | number>(name, SLICE));
      if (changes > 0) replica.touch(name, changes);
      return changes === SLICE;
    }, 'fed');
    yield;
    if (!more) break;
  }
  replica.tx(() => {
    const patched = replica.sql('SELECT id FROM pending_base WHERE tbl = ?').pluck().all(name) as string[];
    for (const id of patched) settle(replica, name, id, null);
  }, 'fed');
}

const KEEPS_OLDER: readonly string[] = ['messages', 'contacts'];

function* emptyOlder(replica: Replica): Generator<void> {
  for (let more = true; more;) {
    more = replica.tx(() => {
      const { changes } = replica
        .sql('DELETE FROM older_messages WHERE rid IN (SELECT rid FROM older_messages LIMIT ?)')
        .run(SLICE);
      if (changes > 0) replica.touch('messages', changes);
      return changes === SLICE;
    }, 'fed');
    yield;
  }
}

/** Whether a table holds anything that has to go when it is closed. */
export const hasRows = (replica: Replica, name: string): boolean =>
  [name, ...(KEEPS_OLDER.includes(name) ? ['older_messages'] : [])].some(
    (table) => replica.sql(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined,
  );

/** Nothing of the stream counts any more, neither its position nor a copy under way. */
function closeStream(replica: Replica, table: ReplicaTable): void {
  const { name } = table;
  clearStage(replica, table);
  replica.merging.delete(name);
  // Its words go first and all at once: taking them out row by row would take minutes.
  resetSearch(replica, name);
  const { changes } = replica
    .sql(
      `UPDATE stream SET denied = 1, handle = NULL, "offset" = NULL, lsn = 0, pos_lsn = 0, pos_op = -1, staging = 0, ready = 1,
         bulk = iif(bulk = 0, 0, 2) WHERE tbl = ? AND denied = 0`,
    )
    .run(name);
  if (changes > 0) confirm(replica, name);
}

/** The table may be seen again: it is fetched from its beginning, under what is pending. */
export function allowTable(replica: Replica, name: string): void {
  if (replica.sql('SELECT denied FROM stream WHERE tbl = ?').pluck().get(name) !== 1) return;
  replica.tx(() => {
    replica.sql('UPDATE stream SET denied = 0, ready = 0 WHERE tbl = ?').run(name);
    beginCopy(replica, name);
  }, 'fed');
}

/**
 * Before a copy from its very beginning. Where rows of the server are here already, because an earlier copy was cut off before it
 * could be resumed or because not all rows of a closed table had gone, the copy is put beside them and says which of them still are.
 */
export function beginCopy(replica: Replica, name: string): void {
  const of = `FROM ${name} t LEFT JOIN pending_base b ON b.tbl = '${name}' AND b.id = t.id`;
  replica.tx(() => {
    clearStage(replica, getReplicaTable(name));
    replica
      .sql(
        `UPDATE stream SET pos_lsn = 0, pos_op = -1, staging = EXISTS (SELECT 1 ${of} WHERE b.id IS NULL)
           OR EXISTS (SELECT 1 FROM pending_base b WHERE b.tbl = ?1 AND b.image IS NOT NULL) WHERE tbl = ?1`,
      )
      .run(numbered(name));
  }, 'fed');
}

/** After rows went: what they held is not to be found in the file any more. */
export function scrub(replica: Replica): void {
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
  replica.db.exec('VACUUM');
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
}
