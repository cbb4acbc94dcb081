import type { ActFilter, ActRow } from '../../../../shared/bridge/team-contract.ts';
import { UNDO_DAYS } from '../../../../shared/activity/activity-operations.ts';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import { hasRole, type Role } from '../../../../shared/protocol/role.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers, QueryContext } from '../../replica/query-context.ts';
import { toRecord } from '../../replica/read-rows.ts';
import { actTitle } from './act-title.ts';

const DAY_MS = 86_400_000;

const ROWS = `
  SELECT a.*, (SELECT p.body ->> 'name' FROM workspace_items p WHERE p.id = a.user_id AND p.kind = 'member') AS userName,
    c.id AS here, c.first_name AS firstName, c.last_name AS lastName, c.phone AS phone, c.email AS email
  FROM acts a LEFT JOIN contacts c ON c.id = a.contact_id
  WHERE `;

type Joined = {
  userName: string | null;
  here: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
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
    let more = false;
    for (const row of readActs(context, filter)) {
      if (rows.length === limit) {
        more = true;
        break;
      }
      rows.push(row);
    }
    const from = db.sql('SELECT min(at) FROM acts').pluck().get() as number | null;
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
  return conditions.length > 0 ? conditions.join(' AND ') : 'true';
}

/** Newest first, one by one. A search looks at who and what, in the words people read. */
export function* readActs({ db, me, now }: QueryContext, filter: ActFilter): Generator<ActRow> {
  const { userId = null, contactId = null, area = null, from = null, to = null, search = '' } = filter;
  const sought = search.trim().toLowerCase();
  const isManager = hasRole(myRole(db, me.userId), 'MANAGER');
  const statement = db.sql(`${ROWS} ${conditionsOf(filter)} ORDER BY a.at DESC, a.rid DESC`);
  const args = { userId, contactId, area, from, to };
  for (const cells of statement.iterate(args) as Iterable<Cells & Joined>) {
    const row = toActRow(cells, { userId: me.userId, isManager, now: now() });
    if (!sought || `${row.title} ${row.userName ?? ''} ${row.contactName ?? ''}`.toLowerCase().includes(sought))
      yield row;
  }
}

const myRole = (db: QueryContext['db'], userId: string): Role =>
  (db.sql(`SELECT body ->> 'role' FROM workspace_items WHERE kind = 'member' AND id = ?`).pluck().get(userId) as
    | Role
    | undefined) ?? 'VIEWER';

function toActRow(cells: Cells & Joined, by: { userId: string; isManager: boolean; now: number }): ActRow {
  const { undo, undoable, ...act } = toRecord<Act>('acts', cells);
  const contactName = cells.here ? contactDisplayName(cells) : null;
  const mine = act.userId === by.userId;
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
    records: act.records,
    before: act.before,
    after: act.after,
    title: actTitle(act, contactName),
    mayUndo: undoable && act.undoneAt === null && (mine || by.isManager) && by.now - act.at < UNDO_DAYS * DAY_MS,
    inverse: undo,
    undoneAt: act.undoneAt,
    at: act.at,
  };
}
