import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

/** What carriers told us, as it came. The vendor's own id of the event makes a repeat visible. */
export const webhookEvents = pgTable('webhook_events', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id'),
  vendor: text('vendor').notNull(),
  kind: text('kind').notNull(),
  vendorEventId: text('vendor_event_id').notNull(),
  payload: jsonb('payload').notNull(),
  receivedAt: instant('received_at').notNull(),
});
