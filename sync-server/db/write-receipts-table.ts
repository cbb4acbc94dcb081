import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './instant-column.ts';

/**
 * The server's decision about each pushed write, kept so that a repeat gets the same answer. Refusals are remembered too.
 * Without a `deviceId` its device has ended it: no desktop replicates it, and a copy of the write is still known by it.
 */
export const writeReceipts = pgTable('write_receipts', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  deviceId: uuid('device_id'),
  /** Who pushed it. Null in receipts from before this was noted. */
  userId: uuid('user_id'),
  name: text('name').notNull(),
  status: text('status', { enum: ['accepted', 'refused'] }).notNull(),
  code: text('code'),
  message: text('message'),
  details: jsonb('details').$type<Record<string, unknown>>(),
  txid: text('txid').notNull(),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at'),
});
