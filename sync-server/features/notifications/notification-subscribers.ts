import { sql } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import { subscribe, type Subscriber } from '../../events/event.ts';
import { notify, settle } from './notify.ts';

/** Who is told of events, and what makes it old news. */
export const notificationSubscribers: readonly Subscriber[] = [
  subscribe('message.received', async (act, { contactId, conversationId, preview }) =>
    notify(act, {
      userIds: await whoAnswers(act, contactId, conversationId),
      kind: 'SMS_REPLY',
      contactId,
      conversationId,
      params: { preview },
      group: `reply ${conversationId}`,
    }),
  ),
  subscribe('message.sent', (act, { conversationId }) => settle(act, 'SMS_REPLY', { conversationId })),
  subscribe('conversation.closed', (act, { conversationId }) => settle(act, 'SMS_REPLY', { conversationId })),
  subscribe('contact.assigned', (act, { contactId, ownerId }) =>
    notify(act, {
      userIds: [ownerId],
      kind: 'CONTACT_ASSIGNED',
      contactId,
      params: { byId: act.userId },
      group: 'assigned',
    }),
  ),
  subscribe('task.assigned', (act, { taskId, contactId, ownerId, title }) =>
    notify(act, { userIds: [ownerId], kind: 'TASK_ASSIGNED', taskId, contactId, params: { title, byId: act.userId } }),
  ),
  subscribe('task.due', (act, { taskId, contactId, ownerId, title }) =>
    notify(act, { userIds: [ownerId], kind: 'TASK_DUE', taskId, contactId, params: { title }, group: `due ${taskId}` }),
  ),
  subscribe('task.completed', async (act, { taskId }) => {
    await settle(act, 'TASK_DUE', { taskId });
    await settle(act, 'TASK_ASSIGNED', { taskId });
  }),
  subscribe('import.finished', (act, { userId, ...params }) =>
    notify(act, { userIds: [userId], kind: 'IMPORT_FINISHED', params }),
  ),
  subscribe('export.finished', (act, { userId, exportId }) =>
    notify(act, { userIds: [userId], kind: 'EXPORT_READY', params: { exportId } }),
  ),
  subscribe('tokens.outlived', async (act, { makerId, why, names }) =>
    notify(act, {
      userIds: await administratorsBut(act, makerId),
      kind: 'SECURITY',
      params: { what: 'tokens_outlive', byId: makerId, why, names },
    }),
  ),
  subscribe('security.noticed', (act, { userId, what, detail }) =>
    notify(act, { userIds: [userId], kind: 'SECURITY', params: { what, detail } }),
  ),
];

async function administratorsBut({ tx, tenantId }: Act, userId: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from users where tenant_id = ${tenantId} and active and role in ('ADMIN', 'OWNER') and id <> ${userId}`);
  return rows.map(({ id }) => id);
}

/**
 * Who is expected to answer a contact: the owner, else the member who wrote last in the conversation within 30 days, else everybody
 * who may write.
 */
async function whoAnswers({ tx, tenantId, now }: Act, contactId: string, conversationId: string): Promise<string[]> {
  const since = new Date(now - 30 * 24 * 3_600_000).toISOString();
  const { rows } = await tx.execute<{ owner: string | null; writer: string | null; all: string[] | null }>(sql`
    select
      (select u.id from contacts c join users u on u.id = c.owner_id and u.active
        where c.id = ${contactId} and c.tenant_id = ${tenantId}) as owner,
      (select m.author_id from messages m join users u on u.id = m.author_id and u.active
        where m.conversation_id = ${conversationId} and m.direction = 'out' and m.created_at > ${since}::timestamptz
        order by m.created_at desc limit 1) as writer,
      array(select u.id from users u where u.tenant_id = ${tenantId} and u.active and u.role <> 'VIEWER') as all`);
  const [found] = rows;
  const one = found?.owner ?? found?.writer;
  return one ? [one] : (found?.all ?? []);
}
