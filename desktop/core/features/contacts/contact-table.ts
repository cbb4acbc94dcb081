import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const contacts = sqliteTable('contacts', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  firstName: text('first_name'),
  lastName: text('last_name'),
  company: text('company'),
  email: text('email'),
  phone: text('phone'),
  leadScore: integer('lead_score'),
  leadStatus: text('lead_status'),
  ownerId: text('owner_id'),
  source: text('source'),
  locale: text('locale'),
  timezone: text('timezone'),
  attributes: text('attributes', { mode: 'json' }),
  optedOutAt: integer('opted_out_at'),
  lastInteractionAt: integer('last_interaction_at'),
  createdAt: integer('created_at'),
  updatedAt: integer('updated_at'),
  /** Of this device alone; see replica-schema.ts. */
  nameKey: text('name_key'),
  search: text('search'),
});
