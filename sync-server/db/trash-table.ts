import { bigint, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './instant-column.ts';

/** Deleted rows as they were, for the days an act can be taken back; see trash.ts. */
export const trash = pgTable('trash', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tenantId: uuid('tenant_id').notNull(),
  actId: uuid('act_id').notNull(),
  contactId: uuid('contact_id'),
  tableName: text('table_name').notNull(),
  row: jsonb('row').notNull(),
  deletedAt: instant('deleted_at').notNull(),
});
