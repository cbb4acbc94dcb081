import { listHistory, type HistoryEntry } from '../../../../../shared/contacts/history-operations.ts';
import type { Replica } from '../../../replica/open-replica.ts';

/** Asks the server for a path below its address. Throws an `AppError` when it is out of reach. */
type Ask = (path: string) => Promise<unknown>;
type Wanted = { contactId: string; older: boolean; now: () => number };
type Page = { entries: HistoryEntry[]; next: string | null };

const PAGE = 200;
/** How far back it looks for the point where what is kept begins, before it begins anew. */
const MOST_PAGES = 5;
/** A merge puts the other contact's past among what is kept. */
const REWRITES: ReadonlySet<string> = new Set(['MERGED', 'MERGE_UNDONE']);

/**
 * Fetches what happened to a contact and keeps it without a hole: what is new joins what is kept where they overlap. Where they do
 * not, or a merge brought another past in between, what was kept gives way to what came. `older` asks for the page before it.
 */
export async function fetchHistory(
  replica: Replica,
  ask: Ask,
  { contactId, older, now }: Wanted,
): Promise<{ fetched: number; more: boolean }> {
  const kept = findKept(replica, contactId);
  if (older && kept) {
    if (kept.next === null) return { fetched: 0, more: false };
    const page = await readPage(ask, contactId, kept.next);
    // Asked twice at once, or begun anew meanwhile: the other answer stands.
    if (findKept(replica, contactId)?.next !== kept.next) return { fetched: 0, more: true };
    return keep(replica, contactId, page, { anew: false, next: page.next, at: now() });
  }
  const entries: HistoryEntry[] = [];
  let next: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const page: Page = await readPage(ask, contactId, next);
    entries.push(...page.entries);
    next = page.next;
    const isJoined = kept !== null && page.entries.some((entry) => isKept(replica, contactId, entry));
    const isRewritten = entries.some((entry) => REWRITES.has(entry.kind) && !isKept(replica, contactId, entry));
    if (isJoined && !isRewritten)
      return keep(replica, contactId, { entries, next }, { anew: false, next: kept.next, at: now() });
    if (next === null || kept === null || isRewritten || pages === MOST_PAGES)
      return keep(replica, contactId, { entries, next }, { anew: true, next, at: now() });
  }
}

async function readPage(ask: Ask, contactId: string, before: string | null): Promise<Page> {
  const from = before === null ? '' : `&before=${encodeURIComponent(before)}`;
  const answer = (await ask(`/api/contacts/${contactId}/history?limit=${PAGE}${from}`)) as { data?: unknown } | null;
  return listHistory.output.parse(answer?.data);
}

const findKept = ({ sql }: Pick<Replica, 'sql'>, contactId: string): { next: string | null } | null =>
  (sql('SELECT next FROM contact_history_kept WHERE contact_id = ?').get(contactId) as
    | { next: string | null }
    | undefined) ?? null;

const isKept = ({ sql }: Pick<Replica, 'sql'>, contactId: string, { at, id }: HistoryEntry): boolean =>
  sql('SELECT 1 FROM contact_history WHERE contact_id = ? AND at = ? AND id = ?').get(contactId, at, id) !== undefined;

type Kept = { anew: boolean; next: string | null; at: number };

function keep(
  replica: Replica,
  contactId: string,
  { entries }: Page,
  { anew, next, at }: Kept,
): { fetched: number; more: boolean } {
  return replica.tx(() => {
    if (anew) replica.sql('DELETE FROM contact_history WHERE contact_id = ?').run(contactId);
    let fetched = 0;
    for (const entry of entries) {
      fetched += replica
        .sql(
          `INSERT INTO contact_history (id, contact_id, at, entry) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET entry = ?4
             WHERE entry <> ?4`,
        )
        .run({ 1: entry.id, 2: contactId, 3: entry.at, 4: JSON.stringify(entry) }).changes;
    }
    replica
      .sql(`INSERT INTO contact_history_kept VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET next = ?2, fetched_at = ?3`)
      .run({ 1: contactId, 2: next, 3: at });
    forgetGone(replica);
    replica.touch('contacts', 1, contactId);
    return { fetched, more: next !== null };
  }, 'fed');
}

/** The past of who is gone for good goes with them; contacts that are still on their way are not gone. */
export function forgetGone({ sql }: Pick<Replica, 'sql'>): void {
  const gone = `contact_id NOT IN (SELECT id FROM contacts) AND contact_id NOT IN (SELECT id FROM pending_base WHERE tbl = 'contacts')
    AND EXISTS (SELECT 1 FROM stream WHERE tbl = 'contacts' AND (ready = 1 OR denied = 1))`;
  sql(`DELETE FROM contact_history WHERE ${gone}`).run();
  sql(`DELETE FROM contact_history_kept WHERE ${gone}`).run();
}
