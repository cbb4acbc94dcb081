import { customType, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../../db/instant-column.ts';

const inet = customType<{ data: string }>({ dataType: () => 'inet' });

/** Pages that contacts visited, with where from; kept as long as the workspace says. */
export const contactVisits = pgTable('contact_visits', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  url: text('url').notNull(),
  referrer: text('referrer'),
  ip: inet('ip'),
  userAgent: text('user_agent'),
  metadata: jsonb('metadata').$type<Record<string, unknown>>(),
  bookingId: uuid('booking_id'),
  at: instant('at').notNull(),
});
