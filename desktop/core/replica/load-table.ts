import { numbered, type Replica } from './open-replica.ts';
import { createTriggers, getReplicaTable, indexNameOf, type ReplicaTable } from './replica-schema.ts';
import { MERGE_AS_IT_GROWS, MERGE_WHEN_IDLE, SEARCH_TABLES } from './tidy-search.ts';

const SEARCH_SLICE_ROWS = 10_000;
const ALL = Number.MAX_SAFE_INTEGER;

/** Whether a first load of this table is worth dropping its indexes for. */
export const mayLoad = ({ indexes }: ReplicaTable): boolean => indexes.length > 0;

/** Before a first load, in its first transaction: drops what is cheaper to build once than to keep. */
export function beginLoad(replica: Replica, table: ReplicaTable): void {
  for (const trigger of Object.keys(table.triggers)) replica.db.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  for (const index of table.indexes) replica.db.exec(`DROP INDEX IF EXISTS ${indexNameOf(index)}`);
  if (table.searched) {
    for (const fts of SEARCH_TABLES) replica.db.exec(`INSERT INTO ${fts}(${fts}) VALUES ('delete-all')`);
    replica.sql('UPDATE search_progress SET done = 0').run();
  }
  replica.sql('UPDATE stream SET bulk = 1 WHERE tbl = ?').run(table.name);
}

/**
 * The steps that end a load once all rows are here, each a transaction of its own so that commands get in between: every index,
 * then full text ten thousand rows at a time, then statistics. A crash goes on where it stopped.
 *
 *   bulk 1 (loading) ── all rows are here ──▶ bulk 2 (building) ── indexes, full text ──▶ bulk 0, ready
 */
export function* finishLoad(replica: Replica, name: string): Generator<void> {
  const table = getReplicaTable(name);
  for (const index of table.indexes) {
    replica.tx(() => replica.db.exec(`CREATE INDEX IF NOT EXISTS ${index}`), 'fed');
    yield;
  }
  if (table.searched) yield* buildSearch(replica, table);
  replica.tx(() => {
    replica.db.exec(`ANALYZE ${name}`);
    replica.sql('UPDATE stream SET bulk = 0, ready = 1 WHERE tbl = ?').run(name);
    replica.touch(name);
  }, 'fed');
}

function* buildSearch(replica: Replica, table: ReplicaTable): Generator<void> {
  replica.tx(() => {
    // From here on they keep what is built already.
    for (const sql of [...createTriggers(table), ...MERGE_AS_IT_GROWS]) replica.db.exec(sql);
  }, 'fed');
  for (;;) {
    const isMore = replica.tx(() => buildSearchSlice(replica, table.name), 'fed');
    if (!isMore) break;
    yield;
  }
}

/** Answers whether rows are left behind this slice. */
function buildSearchSlice(replica: Replica, name: string): boolean {
  const from = replica.sql('SELECT done FROM search_progress').pluck().get() as number;
  const { to, count } = replica
    .sql(
      `SELECT max(rid) AS "to", count(*) AS count FROM (SELECT rid FROM ${name} WHERE rid > ? ORDER BY rid LIMIT ${SEARCH_SLICE_ROWS})`,
    )
    .get(from) as { to: number | null; count: number };
  if (to !== null)
    for (const fts of SEARCH_TABLES)
      replica
        .sql(`INSERT INTO ${fts}(rowid, search) SELECT rid, search FROM ${name} WHERE rid > ?1 AND rid <= ?2`)
        .run(numbered(from, to));
  const isMore = count === SEARCH_SLICE_ROWS;
  if (!isMore) for (const sql of MERGE_WHEN_IDLE) replica.db.exec(sql);
  replica.sql('UPDATE search_progress SET done = ?').run(isMore ? to : ALL);
  return isMore;
}
