import { jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../../db/instant-column.ts';

/** What a merge gave a field of the kept contact, by column of the program. */
export type Given = Record<string, { before: unknown; after: unknown }>;
/** Rows of links of the merged contact, as they were. */
export type Links = Record<'contact_tags' | 'group_members', Record<string, unknown>[]>;

/** Contacts that became one; see the migration for what each column means. */
export const contactMerges = pgTable('contact_merges', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  keptId: uuid('kept_id').notNull(),
  mergedId: uuid('merged_id').notNull(),
  merged: jsonb('merged').$type<Record<string, unknown>>(),
  links: jsonb('links').$type<Links>(),
  conversations: jsonb('conversations').$type<Record<string, unknown>[]>(),
  moved: jsonb('moved').$type<Record<string, (string | number)[]>>(),
  given: jsonb('given').$type<Given>(),
  givenLinks: jsonb('given_links').$type<Record<'contact_tags' | 'group_members', string[]>>(),
  at: instant('at').notNull(),
  userId: uuid('user_id'),
  deviceId: uuid('device_id'),
  actId: uuid('act_id'),
  undoneAt: instant('undone_at'),
});

export type ContactMerge = typeof contactMerges.$inferSelect;
