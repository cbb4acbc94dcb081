import type { Queries } from '../../../../shared/bridge/bridge-contract.ts';
import type { ContactView, SortKey } from '../../../../shared/bridge/contacts-contract.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { EVERYBODY } from '../../../../shared/segments/segment.ts';
import { amongFilter, ridsOfFilter, type RuleAsker } from './contact-rule.ts';
import { listContactRows } from './contact-rows.ts';
import { listNewMatches, matchListed } from './match-contacts.ts';

type Snapshot = { db: ReadConnection; key: string; rids: Int32Array; lastRid: number; capped: boolean };
type Args = Queries['contacts.window']['args'];
type Result = Queries['contacts.window']['result'];

/** Statuses, stages and moods sort as the workspace put them in order; what has no place there counts as missing. */
const COLUMN: Record<SortKey, string> = {
  name: 'name_key',
  score: 'lead_score',
  createdAt: 'created_at',
  lastInteractionAt: 'last_interaction_at',
  company: `nullif(lower(company), '')`,
  status: `(SELECT w.body ->> 'displayOrder' FROM workspace_items w WHERE w.kind = 'lead_status' AND w.body ->> 'key' = c.lead_status)`,
  stage: `(SELECT coalesce(p.body ->> 'displayOrder', 0) * 10001 + (w.body ->> 'displayOrder') FROM workspace_items w
    LEFT JOIN workspace_items p ON p.id = w.body ->> 'pipelineId' WHERE w.id = c.stage_id)`,
  sentiment: `instr('unsure ghosted cold hot', c.sentiment)`,
  value: 'estimated_revenue_cents',
  stageEnteredAt: 'stage_entered_at',
  lastInboundAt: 'last_inbound_at',
};

const countNewMatches = (context: RuleAsker, { search, filter }: ContactView, rid: number): number => {
  const found = listNewMatches(context.db, search, rid);
  return found.length > 0 ? amongFilter(context, filter, found).length : 0;
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

  read(context: RuleAsker, { view, snapshot, from, count }: Args): Result {
    const { db } = context;
    const startedAt = performance.now();
    const key = keyOf(view);
    const known = snapshot === null ? undefined : this.snapshots.get(snapshot);
    // A token of another view, of a list long forgotten, or of a replica that was rebuilt since and numbers its rows anew: order anew and hand out a new one.
    const isKnown = known !== undefined && known.key === key && known.db === db;
    const list = isKnown ? known : this.take(context, view, key);
    const token = isKnown && snapshot !== null ? snapshot : this.keep(list);
    const first = Math.max(0, Math.floor(from));
    const rids = list.rids.subarray(first, first + Math.min(MAX_WINDOW, Math.max(0, count)));
    return {
      snapshot: token,
      total: list.rids.length,
      capped: list.capped,
      newer: isKnown ? countNewMatches(context, view, list.lastRid) : 0,
      rows: listContactRows(db, [...rids]),
      tookMs: performance.now() - startedAt,
    };
  }

  /** Orders the list that is asked for first, before somebody asks: a start spends that time on loading the page. */
  prepare(context: RuleAsker, view: ContactView): void {
    this.take(context, view, keyOf(view));
  }

  /** The order of a moment ago, where nothing was written since. */
  private take(context: RuleAsker, view: ContactView, key: string): Snapshot {
    const { db, now } = context;
    // Of other connections' commits, and of this one's own. Days of a filter go by without any.
    const version = `${String(db.sql(`SELECT data_version || ' ' || total_changes() FROM pragma_data_version`).pluck().get())} ${Math.floor(now() / 60_000)}`;
    if (this.newest?.key !== key || this.newest.version !== version || this.newest.list.db !== db)
      this.newest = { key, version, list: takeSnapshot(context, view, key) };
    return this.newest.list;
  }

  indexOf(db: ReadConnection, snapshot: number, id: string): number {
    const rid = db.sql('SELECT rid FROM contacts WHERE id = ?').pluck().get(id) as number | undefined;
    const known = this.snapshots.get(snapshot);
    return rid === undefined || known?.db !== db ? -1 : known.rids.indexOf(rid);
  }

  /** Everybody of a list but some, as it was ordered; ordered anew where the list was long forgotten. Who is gone is left out. */
  listIds(
    context: RuleAsker,
    { view, snapshot, except }: { view: ContactView; snapshot: number; except: string[] },
  ): string[] {
    const key = keyOf(view);
    const known = this.snapshots.get(snapshot);
    const { rids } = known?.key === key && known.db === context.db ? known : this.take(context, view, key);
    const ids = context.db
      .sql('SELECT c.id FROM json_each(?) j CROSS JOIN contacts c ON c.rid = j.value')
      .pluck()
      .all(JSON.stringify([...rids])) as string[];
    const without = new Set(except);
    return without.size ? ids.filter((id) => !without.has(id)) : ids;
  }

  /** The same as rids, ordered now, however far a search on the screen went. */
  listRids(context: RuleAsker, { view, except }: { view: ContactView; except: readonly string[] }): Int32Array {
    const whole = { ...view, whole: true };
    const { rids } = this.take(context, whole, keyOf(whole));
    if (except.length === 0) return rids;
    const without = new Set(
      context.db
        .sql('SELECT c.rid FROM json_each(?) j CROSS JOIN contacts c ON c.id = j.value')
        .pluck()
        .all(JSON.stringify(except)) as number[],
    );
    return rids.filter((rid) => !without.has(rid));
  }

  private keep(list: Snapshot): number {
    this.lastToken += 1;
    this.snapshots.set(this.lastToken, list);
    const [oldest] = this.snapshots.keys();
    if (this.snapshots.size > KEPT && oldest !== undefined) this.snapshots.delete(oldest);
    return this.lastToken;
  }
}

const keyOf = ({ search, filter, sort, order, whole }: ContactView): string =>
  JSON.stringify([search.trim(), filter ?? EVERYBODY, sort, order, whole ?? false]);

function takeSnapshot(context: RuleAsker, view: ContactView, key: string): Snapshot {
  const { db } = context;
  const lastRid = (db.sql('SELECT max(rid) FROM contacts').pluck().get() as number | null) ?? 0;
  const matches = view.search.trim() ? matchListed(db, view) : null;
  const filtered = ridsOfFilter(context, view.filter);
  const among = bothOf(matches?.rids ?? null, filtered);
  const rids = among && among.length > FEW ? among : null;
  const list = listRids(db, view, among && !rids ? [...among] : null);
  const wanted = rids && maskOf(rids);
  return {
    db,
    key,
    rids: Int32Array.from(wanted ? list.filter((rid) => wanted[rid] === 1) : list),
    lastRid,
    capped: matches?.capped ?? false,
  };
}

/** Beyond so many it is quicker to walk the whole order and leave out the others than to sort those who are wanted. */
const FEW = 50_000;

function bothOf(found: readonly number[] | null, filtered: Int32Array | null): Int32Array | readonly number[] | null {
  if (!found || !filtered) return found ?? filtered;
  const wanted = maskOf(filtered);
  return found.filter((rid) => wanted[rid] === 1);
}

/** By rid, a byte each: a set of half a million would take longer to make than the list to order. */
function maskOf(rids: Int32Array | readonly number[]): Uint8Array {
  let last = 0;
  for (const rid of rids) last = Math.max(last, rid);
  const mask = new Uint8Array(last + 1);
  for (const rid of rids) mask[rid] = 1;
  return mask;
}

/** Contacts without a value come last, whichever way the others go. Two walks of the index, no sort. */
function listRids(db: ReadConnection, view: ContactView, among: readonly number[] | null): number[] {
  const column = COLUMN[view.sort];
  const order = view.order === 'desc' ? 'DESC' : 'ASC';
  const within = among ? 'rid IN (SELECT value FROM json_each(?)) AND' : '';
  const args = among ? [JSON.stringify(among)] : [];
  const has = view.sort === 'name' ? `${column} <> ''` : `${column} IS NOT NULL`;
  const lacks = view.sort === 'name' ? `${column} = ''` : `${column} IS NULL`;
  const filled = db.sql(`SELECT rid FROM contacts c WHERE ${within} ${has} ORDER BY ${column} ${order}, rid ${order}`);
  const empty = db.sql(`SELECT rid FROM contacts c WHERE ${within} ${lacks} ORDER BY rid`);
  return [...(filled.pluck().all(...args) as number[]), ...(empty.pluck().all(...args) as number[])];
}
