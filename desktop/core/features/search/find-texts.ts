import type { Cell } from '../../replica/cells.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { holdsWords, wordsHeld } from './search-words.ts';

/** A table whose texts are searched: its full-text table, and what is read of each row. */
export type TextSource = { table: string; fts: string; columns: readonly string[]; texts: readonly string[] };

/** Of very many that match, so many of those that came last are read. */
const CANDIDATES = 200;
/** So many of those that came last are looked through where the index is no help. */
const LOOKED_THROUGH = 2_000;
/** The longest beginning of a word that the index finds without gathering all words that begin so. */
const QUICK = 3;
const QUICK_ROWS = 400;
/** A word that so many of those have is common. */
const COMMON = 24;
/** As many as are shown, twice: of several messages of a conversation one stands for it. */
const ENOUGH = 2;
const FEWEST = 12;
/** Those are not in the order they were written in, so a few more of them are put in order. */
const LETTER_TIMES = 8;

type Sought = { words: readonly string[]; enough: number };
type Row = Record<string, Cell> & { rid: number };

/**
 * Rows in whose text each of the words begins a word, those that came last to this computer first. One letter alone is not looked up:
 * nearly every text has a word that begins with it, so the last ones are looked through. So are those that are not in the index yet.
 */
export function findTexts(db: ReadConnection, source: TextSource, words: readonly string[], limit: number): Row[] {
  const enough = Math.max(FEWEST, limit * ENOUGH);
  const long = words.filter((word) => !/^[a-z\d]$/i.test(word));
  const indexed = long.length === 0 ? null : findIndexed(db, source, { words, long, enough });
  if (indexed === null) return lookThrough(db, source, { words, enough }, 0);
  const { upTo } = readUpTo(db, source.table);
  return [...lookThrough(db, source, { words, enough }, upTo), ...indexed];
}

/** Null where the index cannot answer. */
function findIndexed(
  db: ReadConnection,
  source: TextSource,
  { words, long, enough }: Sought & { long: readonly string[] },
): Row[] | null {
  const clipped = long.map((word) => Array.from(word).slice(0, QUICK).join(''));
  const isAllSaid = long.length === words.length && clipped.every((word, i) => word === long[i]);
  const quick = matchText(db, source.fts, clipped, isAllSaid ? CANDIDATES : QUICK_ROWS);
  if (quick === null) return null;
  const rows = readRows(db, source, quick);
  if (isAllSaid) return rows;
  const held = rows.map((row) => wordsHeld(textOf(row, source), words));
  const found = rows.filter((_, i) => held[i]?.length === words.length);
  if (quick.length < QUICK_ROWS || found.length >= enough) return found.slice(0, CANDIDATES);
  // What is rare among those that begin alike is gathered in no time; what is common there need not be.
  const isCommon = (word: string) => held.filter((one) => one.includes(word)).length >= COMMON;
  const sought = long.map((word, i) => (isCommon(word) ? (clipped[i] ?? word) : word));
  const all = matchText(db, source.fts, long.every(isCommon) ? long : sought, QUICK_ROWS);
  return (
    all &&
    readRows(db, source, all)
      .filter((row) => holdsWords(textOf(row, source), words))
      .slice(0, CANDIDATES)
  );
}

const readUpTo = (db: ReadConnection, table: string): { upTo: number } =>
  db.sql('SELECT up_to AS upTo FROM search_built WHERE tbl = ?').get(table) as { upTo: number };

export const textOf = (row: Row, { texts }: TextSource): string => texts.map((text) => row[text] ?? '').join(' ');

function matchText(db: ReadConnection, fts: string, words: readonly string[], limit: number): number[] | null {
  try {
    return db
      .sql(`SELECT rowid FROM ${fts} WHERE ${fts} MATCH ? ORDER BY rowid DESC LIMIT ?`)
      .pluck()
      .all(words.map((word) => `"${word}"*`).join(' '), limit) as number[];
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

/** Those that came last, from row `from` on. */
function lookThrough(db: ReadConnection, source: TextSource, { words, enough }: Sought, from: number): Row[] {
  const newest = db
    .sql(
      `SELECT rid, ${source.columns.join(', ')} FROM ${source.table} WHERE rid >= ? ORDER BY rid DESC LIMIT ${LOOKED_THROUGH}`,
    )
    .iterate(from) as IterableIterator<Row>;
  const found: Row[] = [];
  for (const row of newest) {
    if (holdsWords(textOf(row, source), words)) found.push(row);
    if (found.length === enough * LETTER_TIMES) break;
  }
  return found;
}
