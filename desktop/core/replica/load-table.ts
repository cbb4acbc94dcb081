import { noteEveryContact } from './contact-changes.ts';
import type { Replica } from './open-replica.ts';
import { createTriggers, getReplicaTable, indexNameOf, type ReplicaTable } from './replica-schema.ts';
import { buildSearchSlice, resetSearch } from './search/build-search.ts';

const SEARCH_SLICE_ROWS = 10_000;

/** Whether a first load of this table is worth dropping its indexes for. */
export const mayLoad = ({ indexes }: ReplicaTable): boolean => indexes.length > 0;

/** Before a first load, in its first transaction: drops what is cheaper to build once than to keep. */
export function beginLoad(replica: Replica, table: ReplicaTable): void {
  for (const trigger of Object.keys(table.triggers)) replica.db.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  for (const index of table.indexes) replica.db.exec(`DROP INDEX IF EXISTS ${indexNameOf(index)}`);
  if (table.search) resetSearch(replica, table.name);
  for (const sql of noteEveryContact(table.name)) replica.db.exec(sql);
  replica.sql('UPDATE stream SET bulk = 1 WHERE tbl = ?').run(table.name);
}

/**
 * The steps that end a load once all rows are here, each a transaction of its own so that commands get in between: every index,
 * then full text of contacts ten thousand rows at a time, then statistics. A crash goes on where it stopped. Full text of other
 * tables is built when nobody writes (`SearchTidy`): nobody should wait for it to see their messages.
 *
 *   bulk 1 (loading) ── all rows are here ──▶ bulk 2 (building) ── indexes, full text ──▶ bulk 0, ready
 */
export function* finishLoad(replica: Replica, name: string): Generator<void> {
  const table = getReplicaTable(name);
  for (const index of table.indexes) {
    replica.tx(() => replica.db.exec(`CREATE INDEX IF NOT EXISTS ${index}`), 'fed');
    yield;
  }
  replica.tx(() => {
    // From here on they keep what is built already.
    for (const sql of createTriggers(table)) replica.db.exec(sql);
  }, 'fed');
  if (table.search?.isAwaited)
    while (replica.tx(() => buildSearchSlice(replica, name, SEARCH_SLICE_ROWS), 'fed')) yield;
  replica.tx(() => {
    replica.db.exec(`ANALYZE ${name}`);
    for (const sql of noteEveryContact(name)) replica.db.exec(sql);
    replica.sql('UPDATE stream SET bulk = 0, ready = 1 WHERE tbl = ?').run(name);
    replica.touch(name);
  }, 'fed');
}
