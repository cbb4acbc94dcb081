import type { ContactRow } from '../../../../shared/bridge/contacts-contract.ts';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { callingCode } from '../../replica/search/contact-search.ts';
import { listContactRows } from './contact-rows.ts';
import { isBeingBuilt, matchNewest } from './match-contacts.ts';

/** Of very many that match, so many are put in order. */
const CANDIDATES = 200;

type Candidate = { rid: number; name: string; at: number | null };

/**
 * Whom a person most likely means by `text`: first who is called just that, then whose name begins so, then whose names have words
 * that begin so, then who is found by company, e-mail or phone. Among equals those there was something with most recently.
 */
export function findPeople(db: ReadConnection, text: string, limit: number): ContactRow[] {
  const key = toSearchText(text);
  const numbered = findByNumber(db, text);
  const rids = new Set(
    // A few digits begin a hundred thousand numbers: those that they begin as people write them are enough.
    numbered.length >= limit ? numbered : [...numbered, ...findByName(db, key), ...matchNewest(db, text, CANDIDATES)],
  );
  const candidates = db
    .sql(
      `SELECT c.rid, c.name_key AS name, coalesce(c.last_interaction_at, c.created_at) AS at
       FROM json_each(?) j CROSS JOIN contacts c ON c.rid = j.value`,
    )
    .all(JSON.stringify([...rids])) as Candidate[];
  const ranked = candidates
    .map((candidate) => ({ ...candidate, rank: rankOf(candidate.name, key) }))
    .toSorted((a, b) => a.rank - b.rank || (b.at ?? 0) - (a.at ?? 0) || b.rid - a.rid);
  const best = ranked.slice(0, limit).map(({ rid }) => rid);
  return listContactRows(db, best).filter((row) => row !== null);
}

/** Whose number begins with these digits, with or without the country of one of our own numbers. */
function findByNumber(db: ReadConnection, text: string): number[] {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (digits.length < 3 || !/^[\d\s+().\-/]+$/.test(text) || isBeingBuilt(db)) return [];
  const own = db.sql(`SELECT body ->> 'e164' FROM workspace_items WHERE kind = 'phone_number'`).pluck().all();
  const codes = new Set(['', ...own.map((e164) => callingCode(String(e164)))]);
  return [...codes].flatMap(
    (code) =>
      db
        .sql('SELECT rid FROM contacts WHERE phone >= ? AND phone < ? LIMIT 50')
        .pluck()
        .all(`+${code}${digits}`, `+${code}${digits}:`) as number[],
  );
}

/** Those called so, however long ago they were added: full text answers with the newest ones. */
function findByName(db: ReadConnection, key: string): number[] {
  if (key === '' || isBeingBuilt(db)) return [];
  return db
    .sql('SELECT rid FROM contacts WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT 50')
    .pluck()
    .all(key, `${key}\u{10ffff}`) as number[];
}

function rankOf(name: string, key: string): number {
  if (name === key) return 0;
  if (name.startsWith(key)) return 1;
  const names = name.split(' ');
  return key.split(' ').every((word) => names.some((one) => one.startsWith(word))) ? 2 : 3;
}
