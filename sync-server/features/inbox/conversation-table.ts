import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { CHANNELS, CONVERSATION_STATUSES, DIRECTIONS } from '../../../shared/inbox/message.ts';
import { instant } from '../../db/instant-column.ts';

export const conversations = pgTable('conversations', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  channel: text('channel', { enum: CHANNELS }).notNull(),
  phoneNumberId: uuid('phone_number_id'),
  status: text('status', { enum: CONVERSATION_STATUSES }).notNull(),
  lastMessageAt: instant('last_message_at'),
  lastMessagePreview: text('last_message_preview'),
  lastMessageDirection: text('last_message_direction', { enum: DIRECTIONS }),
  waitingSince: instant('waiting_since'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
