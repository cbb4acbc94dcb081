import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const tasks = sqliteTable('tasks', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  title: text('title'),
  body: text('body'),
  dueAt: integer('due_at'),
  allDay: integer('all_day', { mode: 'boolean' }),
  remindAt: integer('remind_at'),
  ownerId: text('owner_id'),
  contactId: text('contact_id'),
  conversationId: text('conversation_id'),
  createdById: text('created_by_id'),
  completedAt: integer('completed_at'),
  completedById: text('completed_by_id'),
  createdAt: integer('created_at'),
  updatedAt: integer('updated_at'),
});
