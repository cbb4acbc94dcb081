import type { Database } from 'better-sqlite3';
import { must } from '../../../../shared/kernel/must.ts';
import { createFts, mergeAsItGrows, mergeWhenIdle, SEARCH, type SearchIndex } from './search-index.ts';

/** Above every row. */
export const END = Number.MAX_SAFE_INTEGER;

/** Makes the full-text tables of a table; rows that are here already wait to be put in. Nothing where that was done before. */
export function fitSearch(db: Database, table: string): void {
  if (db.prepare('SELECT 1 FROM search_built WHERE tbl = ?').get(table)) return;
  const index = must(SEARCH[table], `full text of ${table}`);
  const isEmpty = db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
  for (const sql of [...createFts(table, index), ...emptying(index)]) db.exec(sql);
  for (const sql of isEmpty ? mergeWhenIdle(index) : mergeAsItGrows(index)) db.exec(sql);
  const upTo = isEmpty && !index.isAwaited ? 0 : END;
  db.prepare('INSERT INTO search_built VALUES (?, ?, ?)').run(table, isEmpty ? 0 : END, upTo);
}

export const emptying = ({ fts }: SearchIndex): string[] =>
  Object.keys(fts).map((name) => `INSERT INTO ${name}(${name}) VALUES ('delete-all')`);
