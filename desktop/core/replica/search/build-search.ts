import { must } from '../../../../shared/kernel/must.ts';
import { numbered, type Replica } from '../open-replica.ts';
import { emptying, END } from './fit-search.ts';
import { mergeAsItGrows, mergeWhenIdle, SEARCH, type SearchIndex } from './search-index.ts';

/** Rows of one step while people may be typing: about 10 ms. */
const IDLE_SLICE_ROWS = 1_000;

type Built = { down_to: number; up_to: number };

const indexOf = (table: string): SearchIndex => must(SEARCH[table], `full text of ${table}`);

/** Empties the full text of a table. It is built anew from the rows that are there when they are all there. */
export function resetSearch({ db, sql }: Pick<Replica, 'db' | 'sql'>, table: string): void {
  const index = SEARCH[table];
  if (!index) return;
  for (const statement of [...emptying(index), ...mergeAsItGrows(index)]) db.exec(statement);
  sql('UPDATE search_built SET down_to = ?1, up_to = ?1 WHERE tbl = ?2').run(numbered<string | number>(END, table));
}

/** Puts the newest rows below what is built already into the index. Answers whether any are left. */
export function buildSearchSlice(replica: Replica, table: string, rows: number): boolean {
  const { sql, db } = replica;
  const index = indexOf(table);
  const built = readBuilt(replica, table);
  const from = built.down_to === END && !index.isAwaited ? lastRid(replica, table) + 1 : built.down_to;
  const { to, count } = sql(
    `SELECT min(rid) AS "to", count(*) AS count FROM (SELECT rid FROM ${table} WHERE rid < ? ORDER BY rid DESC LIMIT ${rows})`,
  ).get(from) as { to: number | null; count: number };
  if (to !== null) addRange(replica, table, to, from);
  const isMore = count === rows;
  if (!isMore) for (const statement of mergeWhenIdle(index)) db.exec(statement);
  const upTo = built.up_to === END && !index.isAwaited ? from : built.up_to;
  sql('UPDATE search_built SET down_to = ?1, up_to = ?2 WHERE tbl = ?3').run(
    numbered<string | number>(isMore && to !== null ? to : 0, upTo, table),
  );
  return isMore;
}

/** Puts the oldest rows that came since into the index. False where none came. */
function addNewRows(replica: Replica, table: string, rows: number): boolean {
  const { up_to: from } = readBuilt(replica, table);
  const to = replica
    .sql(`SELECT max(rid) FROM (SELECT rid FROM ${table} WHERE rid >= ? ORDER BY rid LIMIT ${rows})`)
    .pluck()
    .get(from) as number | null;
  if (to === null) return false;
  addRange(replica, table, from, to + 1);
  replica.sql('UPDATE search_built SET up_to = ? WHERE tbl = ?').run(to + 1, table);
  return true;
}

function addRange({ sql }: Replica, table: string, from: number, to: number): void {
  const { fts, columns } = indexOf(table);
  const list = columns.join(', ');
  for (const name of Object.keys(fts))
    sql(
      `INSERT INTO ${name}(rowid, ${list}) SELECT rid, ${list} FROM ${table} WHERE rid >= ?1 AND rid < ?2 ORDER BY rid`,
    ).run(numbered(from, to));
}

const readBuilt = ({ sql }: Pick<Replica, 'sql'>, table: string): Built =>
  sql('SELECT down_to, up_to FROM search_built WHERE tbl = ?').get(table) as Built;

const lastRid = ({ sql }: Pick<Replica, 'sql'>, table: string): number =>
  (sql(`SELECT max(rid) FROM ${table}`).pluck().get() as number | null) ?? -1;

/** A table whose full text lacks rows, though they are all here: those that came since, or older ones. */
export function findUnbuilt(replica: Pick<Replica, 'sql'>): { table: string; lacks: 'new' | 'old' } | null {
  const loaded = replica.sql('SELECT tbl FROM stream WHERE bulk = 0').pluck().all() as string[];
  for (const table of Object.keys(SEARCH).filter((one) => loaded.includes(one))) {
    const { down_to: downTo, up_to: upTo } = readBuilt(replica, table);
    if (lastRid(replica, table) >= upTo) return { table, lacks: 'new' };
    if (downTo > 0) return { table, lacks: 'old' };
  }
  return null;
}

/** One step of building. False when there is nothing left to build. */
export function buildSearchStep(replica: Replica, rows = IDLE_SLICE_ROWS): boolean {
  const found = findUnbuilt(replica);
  if (found === null) return false;
  const step = found.lacks === 'new' ? addNewRows : buildSearchSlice;
  replica.tx(() => step(replica, found.table, rows), 'fed');
  return true;
}
