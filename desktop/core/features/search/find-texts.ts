import type { Cell } from '../../replica/cells.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { holdsWords } from './search-words.ts';

/** A table whose texts are searched: its full-text table, and what is read of each row. */
export type TextSource = { table: string; fts: string; columns: readonly string[]; texts: readonly string[] };

/** Of very many that match, so many of those that came last are read. */
const CANDIDATES = 300;
/** So many of those that came last are looked through where the index is no help. */
const LOOKED_THROUGH = 2_000;

type Row = Record<string, Cell> & { rid: number };

/**
 * Rows in whose text each of the words begins a word, those that came last to this computer first. One letter alone is not looked up:
 * nearly every text has a word that begins with it, so the last ones are looked through.
 */
export function findTexts(db: ReadConnection, source: TextSource, words: readonly string[]): Row[] {
  const long = words.filter((word) => !/^[a-z\d]$/i.test(word));
  const rids = long.length === 0 ? null : matchText(db, source.fts, long);
  const rows = rids === null ? lookThrough(db, source, words) : readRows(db, source, rids);
  return long.length === words.length ? rows : rows.filter((row) => holdsWords(textOf(row, source), words));
}

export const textOf = (row: Row, { texts }: TextSource): string => texts.map((text) => row[text] ?? '').join(' ');

/** Null where the index cannot answer. */
function matchText(db: ReadConnection, fts: string, words: readonly string[]): number[] | null {
  try {
    return db
      .sql(`SELECT rowid FROM ${fts} WHERE ${fts} MATCH ? ORDER BY rowid DESC LIMIT ${CANDIDATES}`)
      .pluck()
      .all(words.map((word) => `"${word}"*`).join(' ')) as number[];
  } catch (error) {
    // Letters that are younger than this SQLite cut a word in two, and the index knows no phrases.
    if (error instanceof Error && /phrase queries are not supported/.test(error.message)) return null;
    throw error;
  }
}

const readRows = (db: ReadConnection, { table, columns }: TextSource, rids: readonly number[]): Row[] =>
  db
    .sql(
      `SELECT t.rid, ${columns.map((column) => `t.${column}`).join(', ')} FROM json_each(?) j
       CROSS JOIN ${table} t ON t.rid = j.value`,
    )
    .all(JSON.stringify(rids)) as Row[];

function lookThrough(db: ReadConnection, source: TextSource, words: readonly string[]): Row[] {
  const newest = db
    .sql(`SELECT rid, ${source.columns.join(', ')} FROM ${source.table} ORDER BY rid DESC LIMIT ${LOOKED_THROUGH}`)
    .iterate() as IterableIterator<Row>;
  const found: Row[] = [];
  for (const row of newest) {
    if (holdsWords(textOf(row, source), words)) found.push(row);
    if (found.length === CANDIDATES) break;
  }
  return found;
}
