import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const contactTags = sqliteTable('contact_tags', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  contactId: text('contact_id'),
  tagId: text('tag_id'),
  createdAt: integer('created_at'),
});
