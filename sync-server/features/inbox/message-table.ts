import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { CHANNELS, DIRECTIONS, MESSAGE_STATUSES } from '../../../shared/inbox/message.ts';
import { instant } from '../../db/instant-column.ts';

export const messages = pgTable('messages', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  conversationId: uuid('conversation_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  channel: text('channel', { enum: CHANNELS }).notNull(),
  direction: text('direction', { enum: DIRECTIONS }).notNull(),
  body: text('body').notNull(),
  status: text('status', { enum: MESSAGE_STATUSES }).notNull(),
  failure: text('failure'),
  fromAddress: text('from_address'),
  toAddress: text('to_address'),
  authorId: uuid('author_id'),
  createdAt: instant('created_at').notNull(),
  sentAt: instant('sent_at'),
  deliveredAt: instant('delivered_at'),
  /** The carrier's id of the message: receipts name it, and a delivery seen twice is known by it. */
  vendorId: text('vendor_id'),
});
