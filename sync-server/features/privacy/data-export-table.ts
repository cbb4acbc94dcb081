import { and, isNull, lt } from 'drizzle-orm';
import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { must } from '../../../shared/kernel/must.ts';
import { instant } from '../../db/instant-column.ts';
import { DAY_MS, type Pruning } from '../../db/prune-table.ts';

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

/** Those that came to nothing. One with a file goes with the file (retain.ts). */
export const oldFailedExports: Pruning = {
  table: dataExports,
  isOver: (now) => must(and(isNull(dataExports.expiresAt), lt(dataExports.createdAt, now - 30 * DAY_MS)), 'condition'),
};
