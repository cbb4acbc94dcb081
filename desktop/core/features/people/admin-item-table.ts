import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const adminItems = sqliteTable('admin_items', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  kind: text('kind'),
  body: text('body', { mode: 'json' }),
});
