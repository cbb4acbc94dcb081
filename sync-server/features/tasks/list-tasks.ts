import { and, count, eq, ilike, isNotNull, isNull } from 'drizzle-orm';
import type { getTask as getOperation, listTasks as operation } from '../../../shared/tasks/task-operations.ts';
import type { Verb } from '../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../db/page.ts';
import { findKeptId } from '../contacts/merge/alias-read-model.ts';
import { taskNotFound, toTask } from './task-store.ts';
import { tasks } from './task-table.ts';

export const listTasks: Verb<typeof operation> = async (
  { tx, tenantId },
  { ownerId, contactId, state, search, ...query },
) => {
  const about = contactId && ((await findKeptId(tx, tenantId, contactId)) ?? contactId);
  const matches = and(
    eq(tasks.tenantId, tenantId),
    ownerId ? eq(tasks.ownerId, ownerId) : undefined,
    about ? eq(tasks.contactId, about) : undefined,
    state === 'open' ? isNull(tasks.completedAt) : state === 'done' ? isNotNull(tasks.completedAt) : undefined,
    search ? ilike(tasks.title, containing(search)) : undefined,
  );
  const [counted] = await tx.select({ total: count() }).from(tasks).where(matches);
  const rows = await tx
    .select()
    .from(tasks)
    .where(matches)
    .orderBy(...orderOf(query.sortBy === 'createdAt' ? tasks.createdAt : tasks.dueAt, tasks.id, query.sortOrder))
    .limit(query.limit)
    .offset(offsetOf(query));
  return { data: rows.map(toTask), page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};

export const getTask: Verb<typeof getOperation> = async ({ tx, tenantId }, { id }) => {
  const [row] = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.tenantId, tenantId), eq(tasks.id, id)));
  if (!row) throw taskNotFound();
  return toTask(row);
};
