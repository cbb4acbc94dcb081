import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** Public columns of the small configuration tables, kept by triggers (migration 0001). Nothing else writes here. */
export const workspaceItems = pgTable('workspace_items', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  kind: text('kind').notNull(),
  body: jsonb('body').notNull(),
});
