import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const messages = sqliteTable('messages', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  conversationId: text('conversation_id'),
  contactId: text('contact_id'),
  channel: text('channel'),
  direction: text('direction'),
  body: text('body'),
  status: text('status'),
  failure: text('failure'),
  fromAddress: text('from_address'),
  toAddress: text('to_address'),
  authorId: text('author_id'),
  createdAt: integer('created_at'),
  sentAt: integer('sent_at'),
  deliveredAt: integer('delivered_at'),
});
