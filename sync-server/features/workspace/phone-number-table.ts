import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

/** Numbers that tenants send from and are reached at. A number belongs to one tenant. */
export const phoneNumbers = pgTable('phone_numbers', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  e164: text('e164').notNull(),
  label: text('label'),
  createdAt: instant('created_at').notNull(),
});
