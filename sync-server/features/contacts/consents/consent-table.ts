import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { CONSENT_PURPOSES } from '../../../../shared/contacts/consent-operations.ts';
import { instant } from '../../../db/instant-column.ts';

/** What contacts agreed to and when they no longer did, one record after the other, never changed. */
export const consents = pgTable('consents', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  act: text('act', { enum: ['given', 'withdrawn', 'opted_out', 'opted_in'] }).notNull(),
  purpose: text('purpose', { enum: CONSENT_PURPOSES }),
  kind: text('kind'),
  source: text('source'),
  evidence: text('evidence'),
  method: text('method'),
  reason: text('reason'),
  givenAt: instant('given_at').notNull(),
  expiresAt: instant('expires_at'),
  userId: uuid('user_id'),
  deviceId: uuid('device_id'),
  cause: jsonb('cause'),
  createdAt: instant('created_at').notNull(),
});

export type ConsentRow = typeof consents.$inferSelect;
