import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { GIVEN_ROLES } from '../../../shared/people/member-operations.ts';
import { instant } from '../../db/instant-column.ts';

/** Open invitations, by the hash of their link's token. */
export const invitations = pgTable('invitations', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  email: text('email').notNull(),
  role: text('role', { enum: GIVEN_ROLES }).notNull(),
  tokenHash: text('token_hash').notNull(),
  invitedById: uuid('invited_by_id').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** Why a link works no more, for who still follows it. */
export const endedInvitations = pgTable('ended_invitations', {
  tokenHash: text('token_hash').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  why: text('why', { enum: ['used', 'revoked', 'replaced'] }).notNull(),
  endedAt: instant('ended_at').notNull(),
});
