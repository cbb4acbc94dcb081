import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const groupMembers = sqliteTable('group_members', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  contactId: text('contact_id'),
  groupId: text('group_id'),
  createdAt: integer('created_at'),
});
