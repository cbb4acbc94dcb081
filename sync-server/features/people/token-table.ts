import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { GIVEN_ROLES } from '../../../shared/people/member-operations.ts';
import { instant } from '../../db/instant-column.ts';

/** Access tokens of scripts and other systems, by their hash. */
export const apiTokens = pgTable('api_tokens', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  kind: text('kind', { enum: ['personal', 'service'] }).notNull(),
  name: text('name').notNull(),
  /** The first characters, to recognise it by. */
  hint: text('hint').notNull(),
  tokenHash: text('token_hash').notNull(),
  scopes: jsonb('scopes').$type<string[]>().notNull(),
  role: text('role', { enum: GIVEN_ROLES }),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  lastUsedAt: instant('last_used_at'),
});
