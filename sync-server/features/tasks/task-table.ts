import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

/** See shared/tasks/task.ts. A task of a contact goes with the contact, one of a conversation outlives it. */
export const tasks = pgTable('tasks', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  title: text('title').notNull(),
  body: text('body'),
  dueAt: instant('due_at'),
  allDay: boolean('all_day').notNull(),
  remindAt: instant('remind_at'),
  ownerId: uuid('owner_id'),
  contactId: uuid('contact_id'),
  conversationId: uuid('conversation_id'),
  createdById: uuid('created_by_id'),
  completedAt: instant('completed_at'),
  completedById: uuid('completed_by_id'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
