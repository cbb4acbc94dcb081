import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../../db/instant-column.ts';

/** Who is in which group or static segment. */
export const groupMembers = pgTable('group_members', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  groupId: uuid('group_id').notNull(),
  createdAt: instant('created_at').notNull(),
});
