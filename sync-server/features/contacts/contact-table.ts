import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { LEAD_STATUSES } from '../../../shared/contacts/contact.ts';
import { instant } from '../../db/instant-column.ts';

export const contacts = pgTable('contacts', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  firstName: text('first_name'),
  lastName: text('last_name'),
  company: text('company'),
  email: text('email'),
  phone: text('phone'),
  leadScore: integer('lead_score'),
  leadStatus: text('lead_status', { enum: LEAD_STATUSES }),
  ownerId: uuid('owner_id'),
  source: text('source'),
  locale: text('locale'),
  timezone: text('timezone'),
  attributes: jsonb('attributes').$type<Record<string, unknown>>(),
  optedOutAt: instant('opted_out_at'),
  lastInteractionAt: instant('last_interaction_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  /** Derived, for sorting and searching over REST; see contact-keys.ts. */
  nameKey: text('name_key').notNull(),
  search: text('search').notNull(),
  /** The import that created it, so that the import can be undone. */
  importId: uuid('import_id'),
});

export type ContactRow = typeof contacts.$inferSelect;
