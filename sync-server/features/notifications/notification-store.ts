import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { Notification, NotificationStatus } from '../../../shared/notifications/notification.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type { Act } from '../../db/act.ts';
import { notifications } from './notification-table.ts';

/** One’s own and nobody else’s, whatever one’s role. */
export const isOwn = ({ tenantId, userId }: Act): SQL =>
  must(and(eq(notifications.tenantId, tenantId), eq(notifications.userId, must(userId, 'person'))), 'condition');

export const notificationNotFound = () =>
  new AppError('not_found', 'This notification does not exist any more. Nothing was changed.');

/** Answers how many there were. */
export async function setStatus(act: Act, ids: readonly string[], status: NotificationStatus): Promise<number> {
  const changed = await act.tx
    .update(notifications)
    // One that waits for others to join it does so while it is unread only; put back to unread it stands alone.
    .set({ status, readAt: status === 'UNREAD' ? null : act.now, groupKey: null })
    .where(and(isOwn(act), inArray(notifications.id, [...ids])))
    .returning({ id: notifications.id });
  return changed.length;
}

export const toNotification = (row: typeof notifications.$inferSelect): Notification => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  contactId: row.contactId,
  conversationId: row.conversationId,
  taskId: row.taskId,
  params: row.params,
  count: row.count,
  createdAt: row.createdAt,
  readAt: row.readAt,
});
