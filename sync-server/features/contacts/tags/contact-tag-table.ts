import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../../db/instant-column.ts';

export const contactTags = pgTable('contact_tags', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  tagId: uuid('tag_id').notNull(),
  createdAt: instant('created_at').notNull(),
});
