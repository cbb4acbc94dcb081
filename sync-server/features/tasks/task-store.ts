import { and, eq } from 'drizzle-orm';
import type { Task, TaskFields } from '../../../shared/tasks/task.ts';
import { CHANNELS, conversationIdOf } from '../../../shared/inbox/message.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Act } from '../../db/act.ts';
import { findMembers } from '../auth/user-read-model.ts';
import { holdContact } from '../contacts/contact-read-model.ts';
import { findConversation } from '../inbox/conversation-read-model.ts';
import { REMIND } from './remind.ts';
import { tasks } from './task-table.ts';

type TaskRow = typeof tasks.$inferSelect;

export const taskNotFound = () => new AppError('not_found', 'This task does not exist any more. Nothing was changed.');

/** The task, locked until the act is done. */
export async function lockTask({ tx, tenantId }: Act, id: string): Promise<TaskRow> {
  const [row] = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.tenantId, tenantId), eq(tasks.id, id)))
    .for('update');
  if (!row) throw taskNotFound();
  return row;
}

/**
 * Whom and what a task is about must be of the tenant: `not_found` else. Its owner must be a member. Answers the task with the contact
 * and conversation that are there: others where theirs were merged.
 */
export async function withTargets<Given extends Partial<TaskFields>>(
  { tx, tenantId }: Act,
  given: Given,
): Promise<Given> {
  const { contactId, conversationId, ownerId } = given;
  const contact = contactId ? await holdContact(tx, tenantId, contactId) : null;
  if (contactId && !contact)
    throw new AppError('not_found', 'The contact of this task does not exist any more. Nothing was changed.');
  const moved = contactId && contact ? sameChannelOf(contactId, contact.id, conversationId) : null;
  const conversation =
    conversationId &&
    ((await findConversation(tx, tenantId, conversationId)) ??
      (moved && (await findConversation(tx, tenantId, moved))));
  if (conversationId && !conversation)
    throw new AppError('not_found', 'The conversation of this task does not exist any more. Nothing was changed.');
  if (ownerId && !(await findMembers(tx, tenantId, [ownerId])).has(ownerId))
    throw new AppError(
      'invalid_input',
      'The owner is not a member of your team. Nothing was changed; choose another.',
      {
        fields: { ownerId: 'Not a member of your team' },
      },
    );
  return {
    ...given,
    ...(contact && { contactId: contact.id }),
    ...(conversation && { conversationId: conversation.id }),
  };
}

/** A device knows the conversation of a merged contact by its id also where there never was one here. */
function sameChannelOf(mergedId: string, keptId: string, conversationId: string | null | undefined): string | null {
  const channel = CHANNELS.find((one) => conversationIdOf(mergedId, one) === conversationId);
  return channel ? conversationIdOf(keptId, channel) : null;
}

/** Whoever owns the task is told when it changes hands, and reminded at its time. A reminder that was moved finds so when its job runs. */
export async function followUp(act: Act, before: TaskRow | null, task: TaskRow): Promise<void> {
  const { id: taskId, contactId, ownerId, title, remindAt } = task;
  if (ownerId && ownerId !== before?.ownerId)
    await act.publish({ type: 'task.assigned', taskId, contactId, ownerId, title });
  if (remindAt !== null && remindAt !== before?.remindAt && task.completedAt === null)
    await act.enqueue({
      name: REMIND.name,
      data: { tenantId: act.tenantId, taskId, remindAt },
      delaySeconds: Math.max(0, Math.ceil((remindAt - act.now) / 1_000)),
    });
}

export function toTask(row: TaskRow): Task {
  const { tenantId: _, ...shown } = row;
  return shown;
}
