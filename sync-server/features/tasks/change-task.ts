import { eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type * as operations from '../../../shared/tasks/task-operations.ts';
import type { Task } from '../../../shared/tasks/task.ts';
import type { Act, Verb } from '../../db/act.ts';
import { nextUpdatedAt } from '../../db/row-clock.ts';
import { keepRows } from '../../db/trash.ts';
import { followUp, lockTask, withTargets } from './task-store.ts';
import { tasks } from './task-table.ts';

/** Who does not say whose it is means themselves. */
export const createTask: Verb<typeof operations.createTask> = async (act, { id: givenId, ...sent }) => {
  const given = await withTargets(act, sent);
  const { tx, tenantId, userId, now } = act;
  const id = givenId ?? act.newId<'task'>();
  const [made] = await tx
    .insert(tasks)
    .values({
      allDay: false,
      ownerId: userId,
      ...given,
      id,
      tenantId,
      createdById: userId,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (!made) throw new AppError('conflict', 'A task with this id exists already. Nothing was changed.');
  act.audit({
    action: 'tasks.create',
    entity: 'task',
    entityId: id,
    contactId: made.contactId,
    after: given,
    undo: { name: 'tasks.delete', input: { id } },
  });
  await followUp(act, null, made);
  return { id };
};

export const updateTask: Verb<typeof operations.updateTask> = async (act, { id, ...sent }) => {
  await changeTask(act, id, sent, 'tasks.update', (before) => ({ name: 'tasks.update', input: { id, ...before } }));
  return { id };
};

export const completeTask: Verb<typeof operations.completeTask> = async (act, { id }) => {
  const task = await lockTask(act, id);
  if (task.completedAt !== null) return { id };
  const values = { completedAt: act.now, completedById: act.userId };
  await changeTask(act, id, values, 'tasks.complete', () => ({ name: 'tasks.reopen', input: { id } }));
  await act.publish({ type: 'task.completed', taskId: id });
  return { id };
};

export const reopenTask: Verb<typeof operations.reopenTask> = async (act, { id }) => {
  const task = await lockTask(act, id);
  if (task.completedAt === null) return { id };
  const values = { completedAt: null, completedById: null };
  await changeTask(act, id, values, 'tasks.reopen', () => ({ name: 'tasks.complete', input: { id } }));
  return { id };
};

export const deleteTask: Verb<typeof operations.deleteTask> = async (act, { id }) => {
  const { contactId, title } = await lockTask(act, id);
  const actId = act.newId();
  await keepRows(act, actId, 'tasks', [id]);
  await act.tx.delete(tasks).where(eq(tasks.id, id));
  act.audit({
    id: actId,
    action: 'tasks.delete',
    entity: 'task',
    entityId: id,
    contactId,
    before: { title, contactId },
    undo: { name: 'trash.putBack', input: { actId } },
  });
  return { id };
};

type Values = Partial<Omit<Task, 'id' | 'createdAt' | 'updatedAt' | 'createdById'>>;

async function changeTask(
  act: Act,
  id: string,
  values: Values,
  action: string,
  undo: (before: Values) => { name: string; input: Record<string, unknown> },
): Promise<void> {
  const row = await lockTask(act, id);
  const sent = await withTargets(act, values);
  const keys = Object.keys(sent) as (keyof Values)[];
  if (!keys.length) return;
  const before = Object.fromEntries(keys.map((key) => [key, row[key]])) as Values;
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  const [changed] = await act.tx
    .update(tasks)
    .set({ ...sent, updatedAt })
    .where(eq(tasks.id, id))
    .returning();
  act.audit({
    action,
    entity: 'task',
    entityId: id,
    contactId: row.contactId,
    before,
    after: sent,
    undo: undo(before),
    at: updatedAt,
  });
  await followUp(act, row, must(changed, 'task'));
}
