import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const notes = sqliteTable('notes', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  contactId: text('contact_id'),
  authorId: text('author_id'),
  body: text('body'),
  createdAt: integer('created_at'),
  updatedAt: integer('updated_at'),
});
