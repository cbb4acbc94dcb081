import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const conversations = sqliteTable('conversations', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  contactId: text('contact_id'),
  channel: text('channel'),
  phoneNumberId: text('phone_number_id'),
  status: text('status'),
  lastMessageAt: integer('last_message_at'),
  lastMessagePreview: text('last_message_preview'),
  lastMessageDirection: text('last_message_direction'),
  waitingSince: integer('waiting_since'),
  createdAt: integer('created_at'),
  updatedAt: integer('updated_at'),
});
