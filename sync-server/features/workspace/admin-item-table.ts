import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** What administrators see: invitations, devices, tokens and exports by triggers (migration 0004), integrations by their checks. */
export const adminItems = pgTable('admin_items', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  kind: text('kind').notNull(),
  body: jsonb('body').notNull(),
});
