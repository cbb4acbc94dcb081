import { boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { DUPLICATE_RULES, IMPORT_KINDS } from '../../../shared/imports/import-operations.ts';
import { instant } from '../../db/instant-column.ts';

/** receiving → running ⇄ paused → done, or failed. The counters move in the transaction of each batch. */
export const importJobs = pgTable('import_jobs', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  kind: text('kind', { enum: IMPORT_KINDS }).notNull().default('contacts'),
  fileName: text('file_name').notNull(),
  status: text('status', { enum: ['receiving', 'running', 'paused', 'done', 'failed'] }).notNull(),
  duplicates: text('duplicates', { enum: DUPLICATE_RULES }).notNull(),
  total: integer('total').notNull(),
  processed: integer('processed').notNull().default(0),
  created: integer('created').notNull().default(0),
  updated: integer('updated').notNull().default(0),
  skipped: integer('skipped').notNull().default(0),
  message: text('message'),
  startedById: uuid('started_by_id').notNull(),
  undone: boolean('undone').notNull().default(false),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export type ImportJobRow = typeof importJobs.$inferSelect;
