import type { ActFilter, ActKey, ActRow } from '../../../../shared/bridge/team-contract.ts';
import type { ResultOf } from '../../../../shared/bridge/bridge-contract.ts';
import { UNDO_DAYS } from '../../../../shared/activity/activity-operations.ts';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import { hasRole, type Role } from '../../../../shared/protocol/role.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers, QueryContext } from '../../replica/query-context.ts';
import { toRecord } from '../../replica/read-rows.ts';
import { actTitle } from './act-title.ts';

const DAY_MS = 86_400_000;

const FROM = `FROM acts a LEFT JOIN contacts c ON c.id = a.contact_id`;
const NAMES = `c.id AS here, c.first_name AS firstName, c.last_name AS lastName, c.phone AS phone, c.email AS email`;
/** What came in slices is one act: its newest stands for all of them. */
const FIRST_OF_UNIT = `NOT EXISTS (SELECT 1 FROM acts e WHERE e.unit = a.unit AND e.action = a.action AND (e.at, e.rid) > (a.at, a.rid))`;
const SLICES = `(SELECT count(*) FROM acts e WHERE e.unit = a.unit AND e.action = a.action) AS slices,
  (SELECT sum(e.records) FROM acts e WHERE e.unit = a.unit AND e.action = a.action) AS unitRecords`;
const ROWS = `
  SELECT a.*, ${SLICES}, (SELECT p.body ->> 'name' FROM workspace_items p WHERE p.id = a.user_id AND p.kind = 'member') AS userName, ${NAMES} ${FROM}
  WHERE `;
const ONE_ROW = ROWS.concat(' a.rid = ?');
/** What a search looks at, and no more: most of what it reads is not what is sought. */
const SOUGHT = `SELECT a.rid, a.at, a.user_id, a.action, a.records, ${SLICES}, a.before, a.after, ${NAMES} ${FROM} WHERE `;
/** A title is made of each act that is looked through, so one question looks through so many for every page that is asked for. */
const LOOKED_THROUGH = 10_000;
const PAGE = 100;
/** Of a file: little enough to carry at once. */
const STEP = 1_000;

type Joined = {
  userName: string | null;
  here: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
  slices: number;
  unitRecords: number | null;
};
type Act = Omit<ActRow, 'userName' | 'mine' | 'contactName' | 'title' | 'mayUndo' | 'inverse'> & {
  undoable: boolean;
  undo: ActRow['inverse'];
};

/** What members did, as far back as this computer keeps it. What still waits is in the outbox. */
export const activityQueries: Answers<'acts.list'> = {
  'acts.list': (context, { filter, limit }) => {
    const { db } = context;
    const rows: ActRow[] = [];
    const most = isSearch(filter) ? LOOKED_THROUGH * Math.ceil(limit / PAGE) : Number.POSITIVE_INFINITY;
    let looked = 0;
    let more = false;
    for (const { row } of lookThrough(context, filter)) {
      if (rows.length === limit || looked === most) {
        more = true;
        break;
      }
      looked += 1;
      if (row) rows.push(row);
    }
    const from = oldestOf(db);
    const denied = db.sql(`SELECT denied FROM stream WHERE tbl = 'acts'`).pluck().get() === 1;
    return { rows, more, from, denied };
  },
};

/** Only what the filter has: SQLite finds the index of a condition that is there, not of one that may be. */
function conditionsOf({ userId, contactId, area, from, to }: ActFilter): string {
  const conditions = [
    ...(userId ? ['a.user_id = @userId'] : []),
    ...(contactId ? ['a.contact_id = @contactId'] : []),
    ...(area ? [`a.action >= @area || '.' AND a.action < @area || '/'`] : []),
    ...(from === undefined ? [] : ['a.at >= @from']),
    ...(to === undefined ? [] : ['a.at < @to']),
  ];
  return [FIRST_OF_UNIT, ...conditions].join(' AND ');
}

const isSearch = ({ search = '' }: ActFilter): boolean => search.trim() !== '';

const oldestOf = (db: QueryContext['db']): number | null =>
  db.sql('SELECT min(at) FROM acts').pluck().get() as number | null;

/** One step of a file of acts: see `acts.page`. */
export function readActPage(context: QueryContext, filter: ActFilter, after: ActKey | null): ActPage {
  const rows: ActRow[] = [];
  const from = oldestOf(context.db);
  let looked = 0;
  for (const { row, key } of lookThrough(context, filter, after)) {
    looked += 1;
    if (row) rows.push(row);
    if (rows.length === STEP || looked === LOOKED_THROUGH) return { rows, next: key, from };
  }
  return { rows, next: null, from };
}

type ActPage = ResultOf<'acts.page'>;
type Looked = { key: ActKey; row: ActRow | null };

/** Newest first, one by one, with no row for each one that is not what is sought. A search looks at who and what, in the words people read. */
function* lookThrough(context: QueryContext, filter: ActFilter, after: ActKey | null = null): Generator<Looked> {
  const { db, me, now } = context;
  const { userId = null, contactId = null, area = null, from = null, to = null } = filter;
  const by = { userId: me.userId, isManager: hasRole(myRole(db, me.userId), 'MANAGER'), now: now() };
  const beyond = after ? 'a.at <= @keyAt AND (a.at < @keyAt OR a.rid < @keyRid) AND ' : '';
  const tail = `${beyond}${conditionsOf(filter)} ORDER BY a.at DESC, a.rid DESC`;
  const args = { userId, contactId, area, from, to, ...(after ? { keyAt: after.at, keyRid: after.rid } : {}) };
  if (!isSearch(filter)) {
    for (const cells of db.sql(`${ROWS} ${tail}`).iterate(args) as Iterable<Key & Cells & Joined>)
      yield { key: { at: cells.at, rid: cells.rid }, row: toActRow(cells, by) };
    return;
  }
  const isSought = seeking(db, filter.search ?? '');
  const whole = db.sql(ONE_ROW);
  for (const cells of db.sql(`${SOUGHT} ${tail}`).iterate(args) as Iterable<Sought>)
    yield {
      key: { at: cells.at, rid: cells.rid },
      row: isSought(cells) ? toActRow(whole.get(cells.rid) as Cells & Joined, by) : null,
    };
}

type Key = { at: number; rid: number };
type Sought = Key &
  Omit<Joined, 'userName'> & {
    user_id: string;
    action: string;
    records: number;
    before: string | null;
    after: string | null;
  };

function seeking(db: QueryContext['db'], search: string): (act: Sought) => boolean {
  const sought = search.trim().toLowerCase();
  const members = db.sql(`SELECT id, body ->> 'name' AS name FROM workspace_items WHERE kind = 'member'`).all();
  const names = new Map((members as { id: string; name: string | null }[]).map(({ id, name }) => [id, name ?? '']));
  return ({ before, after, ...act }) => {
    const contactName = act.here ? contactDisplayName(act) : null;
    const title = actTitle(
      { ...act, records: act.unitRecords ?? act.records, before: valuesIn(before), after: valuesIn(after) },
      contactName,
    );
    return `${title} ${names.get(act.user_id) ?? ''} ${contactName ?? ''}`.toLowerCase().includes(sought);
  };
}

const valuesIn = (json: string | null): ActRow['before'] =>
  json === null ? null : (JSON.parse(json) as ActRow['before']);

const myRole = (db: QueryContext['db'], userId: string): Role =>
  (db.sql(`SELECT body ->> 'role' FROM workspace_items WHERE kind = 'member' AND id = ?`).pluck().get(userId) as
    | Role
    | undefined) ?? 'VIEWER';

function toActRow(cells: Cells & Joined, by: { userId: string; isManager: boolean; now: number }): ActRow {
  const { undo, undoable, ...act } = toRecord<Act>('acts', cells);
  const contactName = cells.here ? contactDisplayName(cells) : null;
  const mine = act.userId === by.userId;
  const records = cells.unitRecords ?? act.records;
  return {
    id: act.id,
    userId: act.userId,
    userName: cells.userName,
    mine,
    deviceName: act.deviceName,
    action: act.action,
    entity: act.entity,
    entityId: act.entityId,
    contactId: act.contactId,
    contactName,
    records,
    before: act.before,
    after: act.after,
    title: actTitle({ ...act, records }, contactName),
    mayUndo: undoable && act.undoneAt === null && (mine || by.isManager) && by.now - act.at < UNDO_DAYS * DAY_MS,
    // One slice's would show but a part.
    inverse: cells.slices > 1 ? null : undo,
    undoneAt: act.undoneAt,
    at: act.at,
  };
}
