import type { ContactView, Queries, SortKey } from '../../../../shared/bridge/bridge-contract.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { listContactRows } from './contact-rows.ts';
import { countNewMatches, matchContacts } from './match-contacts.ts';

type Snapshot = { key: string; rids: Int32Array; lastRid: number; capped: boolean };
type Args = Queries['contacts.window']['args'];
type Result = Queries['contacts.window']['result'];

const COLUMN: Record<SortKey, string> = {
  name: 'name_key',
  score: 'lead_score',
  createdAt: 'created_at',
  lastInteractionAt: 'last_interaction_at',
};

/** What the list of contacts shows when it is first opened. */
export const FIRST_CONTACT_VIEW: ContactView = { search: '', sort: 'score', order: 'desc' };

const KEPT = 12;
export const MAX_WINDOW = 500;

/**
 * Ordered lists of rids, each frozen at the moment it was asked for: rows stay where they were while data arrives,
 * and any stretch of a million rows costs the same.
 */
export class ContactWindows {
  private readonly snapshots = new Map<number, Snapshot>();
  private lastToken = Date.now() % 1_000_000_000;
  private newest: { key: string; version: string; list: Snapshot } | null = null;

  read(db: ReadConnection, { view, snapshot, from, count }: Args): Result {
    const startedAt = performance.now();
    const key = keyOf(view);
    const known = snapshot === null ? undefined : this.snapshots.get(snapshot);
    // A token of another view, or of a list long forgotten: order anew and hand out a new one.
    const isKnown = known !== undefined && known.key === key;
    const list = isKnown ? known : this.take(db, view, key);
    const token = isKnown && snapshot !== null ? snapshot : this.keep(list);
    const first = Math.max(0, Math.floor(from));
    const rids = list.rids.subarray(first, first + Math.min(MAX_WINDOW, Math.max(0, count)));
    return {
      snapshot: token,
      total: list.rids.length,
      capped: list.capped,
      newer: isKnown ? countNewMatches(db, view.search, list.lastRid) : 0,
      rows: listContactRows(db, [...rids]),
      tookMs: performance.now() - startedAt,
    };
  }

  /** Orders the list that is asked for first, before somebody asks: a start spends that time on loading the page. */
  prepare(db: ReadConnection, view: ContactView): void {
    this.take(db, view, keyOf(view));
  }

  /** The order of a moment ago, where nothing was written since. */
  private take(db: ReadConnection, view: ContactView, key: string): Snapshot {
    // Of other connections' commits, and of this one's own.
    const version = String(
      db.sql(`SELECT data_version || ' ' || total_changes() FROM pragma_data_version`).pluck().get(),
    );
    if (this.newest?.key !== key || this.newest.version !== version)
      this.newest = { key, version, list: takeSnapshot(db, view, key) };
    return this.newest.list;
  }

  indexOf(db: ReadConnection, snapshot: number, id: string): number {
    const rid = db.sql('SELECT rid FROM contacts WHERE id = ?').pluck().get(id) as number | undefined;
    return rid === undefined ? -1 : (this.snapshots.get(snapshot)?.rids.indexOf(rid) ?? -1);
  }

  private keep(list: Snapshot): number {
    this.lastToken += 1;
    this.snapshots.set(this.lastToken, list);
    const [oldest] = this.snapshots.keys();
    if (this.snapshots.size > KEPT && oldest !== undefined) this.snapshots.delete(oldest);
    return this.lastToken;
  }
}

const keyOf = ({ search, sort, order }: ContactView): string => JSON.stringify([search.trim(), sort, order]);

function takeSnapshot(db: ReadConnection, view: ContactView, key: string): Snapshot {
  const lastRid = (db.sql('SELECT max(rid) FROM contacts').pluck().get() as number | null) ?? 0;
  const search = view.search.trim();
  if (!search) return { key, rids: Int32Array.from(listRids(db, view, null)), lastRid, capped: false };
  const { rids, capped } = matchContacts(db, search);
  return { key, rids: Int32Array.from(listRids(db, view, rids)), lastRid, capped };
}

/** Contacts without a value come last, whichever way the others go. Two walks of the index, no sort. */
function listRids(db: ReadConnection, view: ContactView, among: readonly number[] | null): number[] {
  const column = COLUMN[view.sort];
  const order = view.order === 'desc' ? 'DESC' : 'ASC';
  const within = among ? 'rid IN (SELECT value FROM json_each(?)) AND' : '';
  const args = among ? [JSON.stringify(among)] : [];
  const has = view.sort === 'name' ? `${column} <> ''` : `${column} IS NOT NULL`;
  const lacks = view.sort === 'name' ? `${column} = ''` : `${column} IS NULL`;
  const filled = db.sql(`SELECT rid FROM contacts WHERE ${within} ${has} ORDER BY ${column} ${order}, rid ${order}`);
  const empty = db.sql(`SELECT rid FROM contacts WHERE ${within} ${lacks} ORDER BY rid`);
  return [...(filled.pluck().all(...args) as number[]), ...(empty.pluck().all(...args) as number[])];
}
