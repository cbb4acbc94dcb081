import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** One person's items: devices and tokens by triggers (migration 0004), notification settings and hints by their verbs. */
export const ownItems = pgTable('own_items', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  kind: text('kind').notNull(),
  body: jsonb('body').notNull(),
});
