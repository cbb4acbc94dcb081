import type { TaskFilter, TaskRow } from '../../../../shared/bridge/team-contract.ts';
import { task, type Task } from '../../../../shared/tasks/task.ts';
import type { Cells } from '../../replica/cells.ts';
import { findContactName, findMemberName } from '../../replica/find-names.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findPendingIds, toRecord } from '../../replica/read-rows.ts';

const OPEN = `t.completed_at IS NULL`;
const DONE = `t.completed_at IS NOT NULL`;

/** Conditions of a filter, only those it has: SQLite finds the index of a condition that is there, not of one that may be. */
function conditionsOf({ whose, state, contactId, conversationId }: TaskFilter): string {
  return [
    state === 'open' ? OPEN : DONE,
    ...(whose === 'mine' ? ['t.owner_id = @me'] : whose === 'nobody' ? ['t.owner_id IS NULL'] : []),
    ...(contactId ? ['t.contact_id = @contactId'] : []),
    ...(conversationId ? ['t.conversation_id = @conversationId'] : []),
  ].join(' AND ');
}

type Args = Record<string, string | number | null>;

/** Open ones by when they are due, those without a time after all others; done ones newest first. Each part along its index. */
function listTasks(
  db: ReadConnection,
  { state, contactId, conversationId, ...filter }: TaskFilter,
  args: Args,
): Cells[] {
  const where = conditionsOf({
    ...filter,
    state,
    ...(contactId && { contactId }),
    ...(conversationId && { conversationId }),
  });
  // Tasks of one contact are few: they are gathered, then put in order.
  const plus = contactId || conversationId ? '+' : '';
  const read = (more: string, limit: number) =>
    db.sql(`SELECT t.* FROM tasks t WHERE ${where} ${more} LIMIT @limit`).all({ ...args, limit }) as Cells[];
  const limit = Number(args['limit']);
  if (state === 'done') return read(`ORDER BY ${plus}t.completed_at DESC, t.rid DESC`, limit);
  const timed = read(`AND t.due_at IS NOT NULL ORDER BY ${plus}t.due_at, t.rid`, limit);
  return timed.length === limit
    ? timed
    : [...timed, ...read(`AND t.due_at IS NULL ORDER BY ${plus}t.rid`, limit - timed.length)];
}

/** Tasks of the replica. */
export const taskQueries: Answers<'tasks.list' | 'tasks.get' | 'day.get'> = {
  'tasks.list': ({ db, me }, { filter, limit }) => {
    const { contactId = null, conversationId = null } = filter;
    const args = { me: me.userId, contactId, conversationId, limit };
    const total = db
      .sql(`SELECT count(*) FROM tasks t WHERE ${conditionsOf(filter)}`)
      .pluck()
      .get(args) as number;
    return { rows: toTaskRows(db, listTasks(db, filter, args)), total };
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
            `SELECT t.* FROM tasks t WHERE t.owner_id = @me AND ${OPEN} AND ${condition} ORDER BY t.due_at, t.rid LIMIT @limit`,
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
      contactName: findContactName(db, record.contactId),
      ownerName: findMemberName(db, record.ownerId),
      pending: pending.has(record.id),
    };
  });
}
