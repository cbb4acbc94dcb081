import type { NotificationRow } from '../../../../shared/bridge/team-contract.ts';
import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import { notificationPreferences } from '../../../../shared/notifications/notification-preferences.ts';
import { notification, type Notification } from '../../../../shared/notifications/notification.ts';
import type { OwnItem } from '../../../../shared/people/own-item.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findPendingIds, toRecord } from '../../replica/read-rows.ts';

type Names =
  | 'notifications.list'
  | 'notifications.unread'
  | 'notifications.ids'
  | 'notifications.preferences'
  | 'mutes.list';

const STATUS = {
  unread: `n.status = 'UNREAD'`,
  all: `n.status IN ('UNREAD', 'READ')`,
  archived: `n.status = 'ARCHIVED'`,
} as const;
const KINDS = '(@kinds IS NULL OR n.kind IN (SELECT value FROM json_each(@kinds)))';

const ROWS = (status: keyof typeof STATUS) => `
  SELECT n.*, c.id AS here, c.first_name AS firstName, c.last_name AS lastName, c.phone AS phone, c.email AS email, t.title AS taskTitle
  FROM notifications n LEFT JOIN contacts c ON c.id = n.contact_id LEFT JOIN tasks t ON t.id = n.task_id
  WHERE ${STATUS[status]} AND ${KINDS} ORDER BY n.created_at DESC, n.rid DESC LIMIT @limit`;

/** One's own notifications, from the replica. */
export const notificationQueries: Answers<Names> = {
  'notifications.list': ({ db, now }, { status, kinds, limit }) => {
    const args = { kinds: kinds ? JSON.stringify(kinds) : null, limit: limit + 1 };
    const rows = db.sql(ROWS(status)).all(args) as (Cells & Joined)[];
    const pending = findPendingIds(
      db,
      'notifications',
      rows.map(({ id }) => String(id)),
    );
    const muted = mutedConversations(db, now());
    const unread = db.sql(`SELECT count(*) FROM notifications n WHERE ${STATUS.unread}`).pluck().get() as number;
    return {
      rows: rows.slice(0, limit).map((row) => toRow(row, pending, muted)),
      unread,
      more: rows.length > limit,
    };
  },
  'notifications.unread': ({ db }) => {
    const rows = db.sql(`SELECT contact_id FROM notifications n WHERE ${STATUS.unread}`).pluck().all() as (
      | string
      | null
    )[];
    return { count: rows.length, contactIds: [...new Set(rows.filter((id) => id !== null))] };
  },
  'notifications.ids': ({ db }, { status, kinds }) =>
    db
      .sql(`SELECT n.id FROM notifications n WHERE ${STATUS[status]} AND ${KINDS} ORDER BY n.rid`)
      .pluck()
      .all({ kinds: kinds ? JSON.stringify(kinds) : null }) as string[],
  'notifications.preferences': ({ db }) => {
    const body = db.sql(`SELECT body FROM own_items WHERE kind = 'notification_preferences'`).pluck().get();
    const kept = notificationPreferences.safeParse(typeof body === 'string' ? JSON.parse(body) : {});
    return kept.success ? kept.data : notificationPreferences.parse({});
  },
  'mutes.list': ({ db }) =>
    (db.sql(`SELECT id, body FROM own_items WHERE kind = 'mute'`).all() as { id: string; body: string }[]).map(
      ({ id, body }) => ({ id, ...(JSON.parse(body) as object) }) as OwnItem<'mute'>,
    ),
};

type Joined = {
  here: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
  taskTitle: string | null;
};

function mutedConversations(db: ReadConnection, now: number): Set<string> {
  const rows = db
    .sql(
      `SELECT body ->> 'conversationId' FROM own_items
       WHERE kind = 'mute' AND (body ->> 'until' IS NULL OR body ->> 'until' > ?)`,
    )
    .pluck()
    .all(now) as string[];
  return new Set(rows);
}

function toRow(row: Cells & Joined, pending: Set<string>, muted: Set<string>): NotificationRow {
  const record = toRecord<Notification>('notifications', row);
  const keys = Object.keys(notification.shape) as (keyof Notification)[];
  return {
    ...(Object.fromEntries(keys.map((key) => [key, record[key] ?? null])) as Notification),
    contactName: row.here ? contactDisplayName(row) : null,
    taskTitle: row.taskTitle,
    muted: record.conversationId !== null && muted.has(record.conversationId),
    pending: pending.has(record.id),
  };
}
