import { and, eq } from 'drizzle-orm';
import type * as operations from '../../../shared/notifications/notification-operations.ts';
import type { NotificationStatus } from '../../../shared/notifications/notification.ts';
import type { Act, Verb } from '../../db/act.ts';
import { isOwn, notificationNotFound, setStatus } from './notification-store.ts';
import { notifications } from './notification-table.ts';

/** Those that are gone are passed over; when none is left the act is refused. */
export const setNotificationStatus: Verb<typeof operations.setNotificationStatus> = async (act, { ids, status }) => {
  const changed = await setStatus(act, ids, status);
  if (!changed) throw notificationNotFound();
  act.audit({
    action: 'notifications.setStatus',
    entity: 'notification',
    entityId: ids.length === 1 ? (ids[0] ?? null) : null,
    after: { status },
    records: changed,
  });
  return { changed };
};

const moveTo =
  (action: string, status: NotificationStatus) =>
  async (act: Act, { id }: { id: string }) => {
    if (!(await setStatus(act, [id], status))) throw notificationNotFound();
    act.audit({ action, entity: 'notification', entityId: id, after: { status } });
    return { id };
  };

export const readNotification: Verb<typeof operations.readNotification> = moveTo('notifications.read', 'READ');
export const archiveNotification: Verb<typeof operations.archiveNotification> = moveTo(
  'notifications.archive',
  'ARCHIVED',
);

export const deleteNotification: Verb<typeof operations.deleteNotification> = async (act, { id }) => {
  const gone = await act.tx
    .delete(notifications)
    .where(and(isOwn(act), eq(notifications.id, id)))
    .returning({ id: notifications.id });
  if (!gone.length) throw notificationNotFound();
  act.audit({ action: 'notifications.delete', entity: 'notification', entityId: id });
  return { id };
};
