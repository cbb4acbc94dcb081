import { sql } from 'drizzle-orm';
import type { NotificationKind } from '../../../shared/notifications/notification.ts';
import type { Act } from '../../db/act.ts';

export type Notice = {
  userIds: readonly string[];
  kind: NotificationKind;
  contactId?: string | null;
  conversationId?: string | null;
  taskId?: string | null;
  params?: Record<string, unknown>;
  /** Unread ones of one group are one that counts, with what the newest says. */
  group?: string;
};

/**
 * Puts a notification into the centre of each active member among these who wants the kind; `SECURITY` cannot be unwanted.
 * The act’s own person is not told what they did.
 */
export async function notify(act: Act, { userIds, kind, ...notice }: Notice): Promise<void> {
  const told = [...new Set(userIds)].filter((id) => id !== act.userId || kind === 'SECURITY');
  if (!told.length) return;
  const at = new Date(act.now).toISOString();
  const rows = told.map((userId) => ({ id: act.newId(), user_id: userId }));
  await act.tx.execute(sql`
    insert into notifications (id, tenant_id, user_id, kind, status, contact_id, conversation_id, task_id, params, group_key, created_at)
    select r.id, ${act.tenantId}::uuid, r.user_id, ${kind}, 'UNREAD', ${notice.contactId ?? null}::uuid,
      ${notice.conversationId ?? null}::uuid, ${notice.taskId ?? null}::uuid, ${JSON.stringify(notice.params ?? {})}::jsonb,
      ${notice.group ?? null}, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, user_id uuid)
    join users u on u.id = r.user_id and u.tenant_id = ${act.tenantId} and u.active
    where ${kind} = 'SECURITY' or not exists (
      select from own_items p where p.user_id = r.user_id and p.kind = 'notification_preferences'
        and (p.body #>> array['kinds', ${kind}, 'inApp'])::boolean is false)
    order by r.user_id
    on conflict (user_id, group_key) where status = 'UNREAD' and group_key is not null
    do update set count = notifications.count + 1, params = excluded.params, contact_id = excluded.contact_id,
      conversation_id = excluded.conversation_id, task_id = excluded.task_id, created_at = excluded.created_at`);
}

/** What was to be told is told by the thing itself: somebody answered, somebody did it. Nobody need look any more. */
export async function settle(
  { tx, tenantId, now }: Act,
  kind: NotificationKind,
  of: { conversationId: string } | { taskId: string },
): Promise<void> {
  const [column, id] = 'taskId' in of ? ['task_id', of.taskId] : ['conversation_id', of.conversationId];
  await tx.execute(sql`
    update notifications set status = 'READ', read_at = ${new Date(now).toISOString()}::timestamptz
    where tenant_id = ${tenantId} and ${sql.identifier(column)} = ${id} and kind = ${kind} and status = 'UNREAD'`);
}
