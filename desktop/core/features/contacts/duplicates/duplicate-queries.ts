import type {
  DuplicateCount,
  DuplicateFound,
  DuplicateScan,
} from '../../../../../shared/bridge/duplicates-contract.ts';
import type { Answers } from '../../../replica/query-context.ts';
import type { ReadConnection } from '../../../replica/read-connection.ts';
import { findContactDetail, listContactRows } from '../contact-rows.ts';
import { joinedThreads } from './joined-threads.ts';
import { DuplicateSearch } from './duplicate-search.ts';

/** As many as `contacts.merge` takes to show; the server moves all of them. */
const MOST_SHOWN = 5_000;

/** Queries of contacts that may be one person. The search belongs to the connection it reads. */
export function duplicateQueries(): Answers<'duplicates.scan' | 'duplicates.count' | 'duplicates.pair'> {
  const searches = new WeakMap<ReadConnection, DuplicateSearch>();
  const searchOver = (db: ReadConnection): DuplicateSearch => {
    const search = searches.get(db) ?? new DuplicateSearch(db);
    searches.set(db, search);
    return search;
  };
  return {
    'duplicates.scan': ({ db, now }, { limit }): DuplicateScan => {
      const { share, pairs } = searchOver(db).turn(now);
      const open = stillOpen(db, pairs);
      return { share, total: open.length, pairs: open.slice(0, limit).flatMap((pair) => withRows(db, pair)) };
    },
    'duplicates.count': ({ db, now }): DuplicateCount => {
      const { share, pairs } = searchOver(db).known(now);
      return { share, pairs: pairs && stillOpen(db, pairs).length };
    },
    'duplicates.pair': ({ db }, { keepId, mergeId }) => {
      const keep = findContactDetail(db, keepId);
      const merge = findContactDetail(db, mergeId);
      if (!keep || !merge) return null;
      const idsOf = (table: string) =>
        db.sql(`SELECT id FROM ${table} WHERE contact_id = ? LIMIT ${MOST_SHOWN}`).pluck().all(mergeId) as string[];
      const lacking = (table: string, column: string) =>
        db
          .sql(
            `SELECT ${column} FROM ${table} WHERE contact_id = ?1 AND ${column} NOT IN
               (SELECT ${column} FROM ${table} WHERE contact_id = ?2) LIMIT 1000`,
          )
          .pluck()
          .all({ 1: mergeId, 2: keepId }) as string[];
      return {
        keep,
        merge,
        moves: {
          moved: {
            notes: idsOf('notes'),
            conversations: idsOf('conversations'),
            messages: idsOf('messages'),
            tasks: idsOf('tasks'),
          },
          tagIds: lacking('contact_tags', 'tag_id'),
          groupIds: lacking('group_members', 'group_id'),
          threads: joinedThreads(db, keepId, mergeId, MOST_SHOWN),
        },
      };
    },
  };
}

type Pair = Parameters<typeof withRows>[1];

/** Without those that were merged since, deleted, or said to be two people. */
function stillOpen(db: ReadConnection, pairs: readonly Pair[]): Pair[] {
  if (pairs.length === 0) return [];
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const here = new Set(
    db
      .sql('SELECT c.id FROM json_each(?) j CROSS JOIN contacts c ON c.id = j.value')
      .pluck()
      .all(JSON.stringify(ids)) as string[],
  );
  const told = db
    .sql(`SELECT body ->> 'a' AS a, body ->> 'b' AS b FROM workspace_items WHERE kind = 'not_duplicate'`)
    .all() as { a: string; b: string }[];
  const isTwo = new Set(told.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
  return pairs.filter(({ a, b }) => here.has(a) && here.has(b) && !isTwo.has(`${a} ${b}`));
}

function withRows(
  db: ReadConnection,
  { a, b, because, certainty }: { a: string; b: string } & Pick<DuplicateFound, 'because' | 'certainty'>,
): DuplicateFound[] {
  const rids = [a, b].map((id) => db.sql('SELECT rid FROM contacts WHERE id = ?').pluck().get(id) as number);
  const [one, other] = listContactRows(db, rids);
  return one && other ? [{ a: one, b: other, because, certainty }] : [];
}
