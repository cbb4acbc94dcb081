import type { TaskRow } from '../../../../shared/bridge/team-contract.ts';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import { task, type Task } from '../../../../shared/tasks/task.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findPendingIds, toRecord } from '../../replica/read-rows.ts';

const MATCHES = `(@ownerId IS NULL OR t.owner_id = @ownerId) AND (NOT @nobody OR t.owner_id IS NULL)
  AND (@contactId IS NULL OR t.contact_id = @contactId) AND (@conversationId IS NULL OR t.conversation_id = @conversationId)`;
const OPEN = `t.completed_at IS NULL`;
const DONE = `t.completed_at IS NOT NULL`;
const ORDER = {
  open: `t.due_at IS NULL, t.due_at, t.created_at, t.rid`,
  done: `t.completed_at DESC, t.rid DESC`,
} as const;

/** Tasks of the replica. */
export const taskQueries: Answers<'tasks.list' | 'tasks.get' | 'day.get'> = {
  'tasks.list': ({ db, me }, { filter, limit }) => {
    const { whose, state, contactId = null, conversationId = null } = filter;
    const args = {
      ownerId: whose === 'mine' ? me.userId : null,
      nobody: whose === 'nobody' ? 1 : 0,
      contactId,
      conversationId,
    };
    const where = `${MATCHES} AND ${state === 'open' ? OPEN : DONE}`;
    const rows = db.sql(`SELECT t.* FROM tasks t WHERE ${where} ORDER BY ${ORDER[state]} LIMIT @limit`);
    const total = db.sql(`SELECT count(*) FROM tasks t WHERE ${where}`).pluck().get(args) as number;
    return { rows: toTaskRows(db, rows.all({ ...args, limit }) as Cells[]), total };
  },
  'tasks.get': ({ db }, { id }) => {
    const cells = db.sql('SELECT * FROM tasks WHERE id = ?').get(id) as Cells | undefined;
    return cells ? (toTaskRows(db, [cells])[0] ?? null) : null;
  },
  'day.get': ({ db, me }, { todayAt, tomorrowAt }) => {
    const mine = (condition: string, limit: number, args: Record<string, number> = {}) =>
      toTaskRows(
        db,
        db
          .sql(
            `SELECT t.* FROM tasks t WHERE t.owner_id = @me AND ${OPEN} AND ${condition} ORDER BY ${ORDER.open} LIMIT @limit`,
          )
          .all({ me: me.userId, limit, ...args }) as Cells[],
      );
    const doneToday = db
      .sql(`SELECT count(*) FROM tasks WHERE completed_by_id = ? AND completed_at >= ?`)
      .pluck()
      .get([me.userId, todayAt]) as number;
    const waiting = db
      .sql(`SELECT count(*) FROM conversations WHERE status = 'OPEN' AND waiting_since IS NOT NULL`)
      .pluck()
      .get() as number;
    return {
      late: mine('t.due_at < @todayAt', 200, { todayAt }),
      today: mine('t.due_at >= @todayAt AND t.due_at < @tomorrowAt', 200, { todayAt, tomorrowAt }),
      soon: mine('t.due_at >= @tomorrowAt', 50, { tomorrowAt }),
      unscheduled: mine('t.due_at IS NULL', 50),
      doneToday,
      waiting,
    };
  },
};

function toTaskRows(db: ReadConnection, rows: readonly Cells[]): TaskRow[] {
  const pending = findPendingIds(
    db,
    'tasks',
    rows.map(({ id }) => String(id)),
  );
  const keys = Object.keys(task.shape) as (keyof Task)[];
  return rows.map((cells) => {
    const record = toRecord<Task>('tasks', cells);
    return {
      ...(Object.fromEntries(keys.map((key) => [key, record[key] ?? null])) as Task),
      contactName: contactName(db, record.contactId),
      ownerName: memberName(db, record.ownerId),
      pending: pending.has(record.id),
    };
  });
}

function contactName(db: ReadConnection, id: string | null): string | null {
  if (!id) return null;
  const found = db
    .sql('SELECT first_name AS firstName, last_name AS lastName, phone, email FROM contacts WHERE id = ?')
    .get(id) as Parameters<typeof contactDisplayName>[0] | undefined;
  return found ? contactDisplayName(found) : null;
}

const memberName = (db: ReadConnection, id: string | null): string | null =>
  (db.sql(`SELECT body ->> 'name' FROM workspace_items WHERE kind = 'member' AND id = ?`).pluck().get(id) as
    | string
    | undefined) ?? null;
