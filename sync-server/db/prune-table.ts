import { sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Pool } from './pool.ts';

/** Rows of a table that are kept for a time and no longer. `isOver` is a condition on its columns, for this moment. */
export type Pruning = { table: PgTable; isOver: (now: number) => SQL };

export const DAY_MS = 24 * 3_600_000;
/** Few enough that nobody waits for their locks. */
const SLICE = 2_000;

/** Deletes what is over, slice by slice, and answers how many rows went. Stopped in between it goes on the next time. */
export async function pruneTable(
  pool: Pool,
  { table, isOver }: Pruning,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  let gone = 0;
  while (!signal?.aborted) {
    const { rowCount } = await drizzle(pool).execute(sql`
      delete from ${table} where ctid = any(array(select ctid from ${table} where ${isOver(now)} limit ${SLICE}))`);
    gone += rowCount ?? 0;
    if ((rowCount ?? 0) < SLICE) break;
  }
  return gone;
}

export const nameOfTable = (table: PgTable): string => getTableConfig(table).name;
