import type { Database } from 'better-sqlite3';
import { must } from '../../../../shared/kernel/must.ts';
import { numbered, type Replica } from '../open-replica.ts';
import { createFts, mergeAsItGrows, mergeWhenIdle, SEARCH, type SearchIndex } from './search-index.ts';

/** Above every row: nothing is in the index yet. */
const NOTHING = Number.MAX_SAFE_INTEGER;
/** Rows of one step while people may be typing: about 20 ms. */
const IDLE_SLICE_ROWS = 1_000;

const indexOf = (table: string): SearchIndex => must(SEARCH[table], `full text of ${table}`);

/** Makes the full-text tables of a table; rows that are here already wait to be put in. Nothing where that was done before. */
export function fitSearch(db: Database, table: string): void {
  if (db.prepare('SELECT 1 FROM search_built WHERE tbl = ?').get(table)) return;
  const index = indexOf(table);
  const isEmpty = db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
  for (const sql of [...createFts(table, index), ...emptying(index)]) db.exec(sql);
  for (const sql of isEmpty ? mergeWhenIdle(index) : mergeAsItGrows(index)) db.exec(sql);
  db.prepare('INSERT INTO search_built VALUES (?, ?)').run(table, isEmpty ? 0 : NOTHING);
}

/** Empties the full text of a table, to be built when its rows are all here. */
export function resetSearch({ db, sql }: Replica, table: string): void {
  const index = indexOf(table);
  for (const statement of [...emptying(index), ...mergeAsItGrows(index)]) db.exec(statement);
  sql('UPDATE search_built SET down_to = ? WHERE tbl = ?').run(NOTHING, table);
}

/** Where a table has no rows any more, their words leave the file too. */
export function forgetWords({ db }: Replica, table: string): void {
  const index = SEARCH[table];
  if (index && db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined)
    for (const statement of emptying(index)) db.exec(statement);
}

const emptying = ({ fts }: SearchIndex): string[] =>
  Object.keys(fts).map((name) => `INSERT INTO ${name}(${name}) VALUES ('delete-all')`);

/** Puts the newest rows that are not in the index yet into it. Answers whether any are left. */
export function buildSearchSlice({ db, sql }: Replica, table: string, rows: number): boolean {
  const index = indexOf(table);
  const from = sql('SELECT down_to FROM search_built WHERE tbl = ?').pluck().get(table) as number;
  const { to, count } = sql(
    `SELECT min(rid) AS "to", count(*) AS count FROM (SELECT rid FROM ${table} WHERE rid < ? ORDER BY rid DESC LIMIT ${rows})`,
  ).get(from) as { to: number | null; count: number };
  const columns = index.columns.join(', ');
  if (to !== null)
    for (const fts of Object.keys(index.fts))
      sql(
        `INSERT INTO ${fts}(rowid, ${columns}) SELECT rid, ${columns} FROM ${table} WHERE rid >= ?1 AND rid < ?2 ORDER BY rid`,
      ).run(numbered(to, from));
  const isMore = count === rows;
  if (!isMore) for (const statement of mergeWhenIdle(index)) db.exec(statement);
  sql('UPDATE search_built SET down_to = ? WHERE tbl = ?').run(isMore ? to : 0, table);
  return isMore;
}

/** The table whose full text is to be built next: its rows are all here, and not all of them are in the index. */
export const findUnbuilt = ({ sql }: Pick<Replica, 'sql'>): string | null =>
  (sql('SELECT b.tbl FROM search_built b JOIN stream s ON s.tbl = b.tbl WHERE b.down_to > 0 AND s.bulk = 0 LIMIT 1')
    .pluck()
    .get() as string | undefined) ?? null;

/** One step of building while nobody writes. False when there is nothing left to build. */
export function buildSearchStep(replica: Replica, rows = IDLE_SLICE_ROWS): boolean {
  const table = findUnbuilt(replica);
  if (table === null) return false;
  replica.tx(() => buildSearchSlice(replica, table, rows), 'fed');
  return true;
}
