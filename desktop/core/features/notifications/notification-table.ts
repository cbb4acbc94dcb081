import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const notifications = sqliteTable('notifications', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  kind: text('kind'),
  status: text('status'),
  contactId: text('contact_id'),
  conversationId: text('conversation_id'),
  taskId: text('task_id'),
  params: text('params', { mode: 'json' }),
  count: integer('count'),
  createdAt: integer('created_at'),
  readAt: integer('read_at'),
});
