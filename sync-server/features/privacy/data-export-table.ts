import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

/** Files with everything of a workspace: asked for, being made, to be fetched until they expire. */
export const dataExports = pgTable('data_exports', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  askedById: uuid('asked_by_id').notNull(),
  status: text('status', { enum: ['waiting', 'running', 'done', 'failed'] }).notNull(),
  bytes: bigint('bytes', { mode: 'number' }),
  message: text('message'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at'),
});
