import { boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

/** See shared/statuses/lead-status.ts. */
export const leadStatuses = pgTable('lead_statuses', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  key: text('key').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  color: text('color').notNull(),
  displayOrder: integer('display_order').notNull(),
  isActive: boolean('is_active').notNull(),
  isSystem: boolean('is_system').notNull(),
  metadata: jsonb('metadata').$type<Record<string, unknown>>(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export type StatusRow = typeof leadStatuses.$inferSelect;
