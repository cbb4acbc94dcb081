import { boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { BusinessHours } from '../../../shared/workspace/locale.ts';
import type { Retention } from '../../../shared/workspace/settings-operations.ts';
import { instant } from '../../db/instant-column.ts';

export const tenants = pgTable('tenants', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  /** Messages older than this are not replicated to desktops. Null: all are. */
  messageDays: integer('message_days'),
  timezone: text('timezone'),
  currency: text('currency'),
  senderName: text('sender_name'),
  businessHours: jsonb('business_hours').$type<BusinessHours>(),
  brandColor: text('brand_color'),
  retention: jsonb('retention').$type<Retention>(),
  secondFactorRequired: boolean('second_factor_required').notNull().default(false),
  createdAt: instant('created_at').notNull(),
});
