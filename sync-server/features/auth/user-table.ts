import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { ROLES } from '../../../shared/protocol/role.ts';
import { instant } from '../../db/instant-column.ts';

/** People who can sign in. An address belongs to one person in one tenant. */
export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  role: text('role', { enum: ROLES }).notNull(),
  active: boolean('active').notNull(),
  passwordHash: text('password_hash').notNull(),
  signature: text('signature'),
  timezone: text('timezone'),
  language: text('language'),
  secondFactor: boolean('second_factor').notNull().default(false),
  passwordChangedAt: instant('password_changed_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
