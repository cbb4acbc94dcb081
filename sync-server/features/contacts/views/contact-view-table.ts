import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { SavedContactView } from '../../../../shared/segments/contact-view.ts';
import { instant } from '../../../db/instant-column.ts';

/** Views of the list that somebody saved for themselves. */
export const contactViews = pgTable('contact_views', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  name: text('name').notNull(),
  view: jsonb('view').$type<SavedContactView>().notNull(),
  displayOrder: integer('display_order').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
