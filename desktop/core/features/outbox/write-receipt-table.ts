import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const writeReceipts = sqliteTable('write_receipts', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  status: text('status'),
  code: text('code'),
  message: text('message'),
  createdAt: integer('created_at'),
});
