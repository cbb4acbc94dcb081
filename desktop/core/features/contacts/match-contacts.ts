import type { ContactView } from '../../../../shared/bridge/contacts-contract.ts';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

/** More hits than anybody scrolls through: a one-letter search stops here and says so. */
export const SEARCH_CAP = 10_000;
/** As good as none: what SQLite takes for a number of rows. */
const NO_CAP = 2 ** 31 - 2;
const FEW = 20;

export type Matches = { rids: number[]; capped: boolean };

/**
 * Contacts that a person means by `text`: every word begins a word of theirs. A phone number is compared by its digits,
 * however it is spaced. When that finds few, the text may also be inside a word.
 */
export function matchContacts(db: ReadConnection, text: string, limit = SEARCH_CAP): Matches {
  const terms = readTerms(text);
  if (terms.words.length === 0) return { rids: [], capped: false };
  if (isBeingBuilt(db)) return cap(scan(db, terms.words, limit), limit);
  const found = db
    .sql('SELECT rowid FROM contacts_prefix WHERE contacts_prefix MATCH ? ORDER BY rowid DESC LIMIT ?')
    .pluck()
    .all(terms.prefixQuery, limit + 1) as number[];
  if (found.length >= FEW || terms.words.some((word) => word.length < 3)) return cap(found, limit);
  const inside = db
    .sql(`SELECT rowid FROM contacts_trigram WHERE ${terms.words.map(() => 'search GLOB ?').join(' AND ')} LIMIT ?`)
    .pluck()
    .all(...terms.words.map(toGlob), limit + 1) as number[];
  return cap([...new Set([...found, ...inside])], limit);
}

/** Whom the search of a list means. All of them, where it is to be whole or a filter has yet to choose among them. */
export const matchListed = (
  db: ReadConnection,
  { search, filter, whole }: Pick<ContactView, 'search' | 'filter' | 'whole'>,
) => matchContacts(db, search, filter || whole ? NO_CAP : SEARCH_CAP);

/** The longest beginning of a word that the index finds without gathering all words that begin so. */
const QUICK = 3;
const QUICK_ROWS = 400;
const ENOUGH = 24;

/**
 * Contacts that are meant by `text`, those that were added last: enough to choose from. A common longer beginning is looked for among
 * those with a shorter one, since gathering the hundred thousand contacts that match would take far longer.
 */
export function matchNewest(db: ReadConnection, text: string, limit: number): number[] {
  const { words } = readTerms(text);
  if (!isBeingBuilt(db) && words.some((word) => word.length > QUICK)) {
    const found = db
      .sql(
        `SELECT c.rid, c.search FROM (SELECT rowid AS rid FROM contacts_prefix WHERE contacts_prefix MATCH ?
           ORDER BY rowid DESC LIMIT ${QUICK_ROWS}) f CROSS JOIN contacts c ON c.rid = f.rid`,
      )
      .all(words.map((word) => quote(word.slice(0, QUICK))).join(' ')) as { rid: number; search: string }[];
    const matching = found.filter(({ search }) => {
      const parts = search.split(/[^\p{L}\p{N}]+/u);
      return words.every((word) => parts.some((part) => part.startsWith(word)));
    });
    if (matching.length >= ENOUGH) return matching.slice(0, limit).map(({ rid }) => rid);
  }
  return matchContacts(db, text, limit).rids;
}

/** Contacts that were added after `rid` and match. */
export function listNewMatches(db: ReadConnection, search: string, rid: number): number[] {
  const { words } = readTerms(search);
  // Signs alone find nobody, so nobody new either.
  if (words.length === 0 && search.trim() !== '') return [];
  const also = words.map(() => ' AND search GLOB ?').join('');
  return db
    .sql(`SELECT rid FROM contacts c WHERE rid > ?${also}`)
    .pluck()
    .all(rid, ...words.map(toGlob)) as number[];
}

/** A pasted page is sought by its beginning: SQLite refuses thousands of conditions at once. */
const MOST_TYPED = 400;

function readTerms(typed: string): { words: string[]; prefixQuery: string } {
  const text = typed.slice(0, MOST_TYPED);
  const digits = text.replace(/\D/g, '');
  if (/^[\d\s+().\-/]+$/.test(text) && digits.length > 2) {
    // `0044 …` and `020 …`: neither the international nor the trunk prefix is stored.
    const bare = digits.replace(/^0+/, '') || digits;
    return { words: [bare], prefixQuery: bare === digits ? quote(digits) : `${quote(digits)} OR ${quote(bare)}` };
  }
  // As the tokenizer cuts words, so that no word of the query becomes a phrase, which this index does not know.
  const words = toSearchText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return { words, prefixQuery: words.map(quote).join(' ') };
}

const quote = (word: string): string => `"${word}"*`;
const toGlob = (word: string): string => `*${word}*`;
const cap = (rids: number[], limit: number): Matches => ({ rids: rids.slice(0, limit), capped: rids.length > limit });

/** During a first sync there is no index yet, and until it is built (see load-table.ts) it lacks some. */
export const isBeingBuilt = (db: ReadConnection): boolean =>
  Number(db.sql(`SELECT bulk FROM stream WHERE tbl = 'contacts'`).pluck().get() ?? 0) !== 0;

const scan = (db: ReadConnection, words: readonly string[], limit: number): number[] =>
  db
    .sql(`SELECT rid FROM contacts WHERE ${words.map(() => 'instr(search, ?) > 0').join(' AND ')} LIMIT ?`)
    .pluck()
    .all(...words, limit + 1) as number[];
