import { and, count, eq, sql } from 'drizzle-orm';
import type {
  getNotification as getOperation,
  listNotifications as operation,
} from '../../../shared/notifications/notification-operations.ts';
import type { Verb } from '../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../db/page.ts';
import { isOwn, notificationNotFound, toNotification } from './notification-store.ts';
import { notifications } from './notification-table.ts';

/** A search looks at what a notification says. */
export const listNotifications: Verb<typeof operation> = async (act, { status, kind, search, ...query }) => {
  const matches = and(
    isOwn(act),
    status ? eq(notifications.status, status) : undefined,
    kind ? eq(notifications.kind, kind) : undefined,
    search ? sql`${notifications.params}::text ilike ${containing(search)}` : undefined,
  );
  const [counted] = await act.tx.select({ total: count() }).from(notifications).where(matches);
  const rows = await act.tx
    .select()
    .from(notifications)
    .where(matches)
    .orderBy(...orderOf(notifications.createdAt, notifications.id, query.sortOrder))
    .limit(query.limit)
    .offset(offsetOf(query));
  return { data: rows.map(toNotification), page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};

export const getNotification: Verb<typeof getOperation> = async (act, { id }) => {
  const [row] = await act.tx
    .select()
    .from(notifications)
    .where(and(isOwn(act), eq(notifications.id, id)));
  if (!row) throw notificationNotFound();
  return toNotification(row);
};
