import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { NOTIFICATION_KINDS, NOTIFICATION_STATUSES } from '../../../shared/notifications/notification.ts';
import { instant } from '../../db/instant-column.ts';

export const notifications = pgTable('notifications', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  kind: text('kind', { enum: NOTIFICATION_KINDS }).notNull(),
  status: text('status', { enum: NOTIFICATION_STATUSES }).notNull(),
  contactId: uuid('contact_id'),
  conversationId: uuid('conversation_id'),
  taskId: uuid('task_id'),
  params: jsonb('params').$type<Record<string, unknown>>(),
  count: integer('count').notNull(),
  /** Unread ones of one group are one notification that counts. Does not travel. */
  groupKey: text('group_key'),
  createdAt: instant('created_at').notNull(),
  readAt: instant('read_at'),
});
