import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

export const tenants = pgTable('tenants', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  /** Messages older than this are not replicated to desktops. Null: all are. */
  messageDays: integer('message_days'),
  createdAt: instant('created_at').notNull(),
});
