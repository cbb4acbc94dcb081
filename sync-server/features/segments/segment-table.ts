import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { SegmentRule } from '../../../shared/segments/segment.ts';
import { instant } from '../../db/instant-column.ts';

/** See shared/segments/segment.ts. */
export const segments = pgTable('segments', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  name: text('name').notNull(),
  description: text('description'),
  kind: text('kind', { enum: ['dynamic', 'static'] }).notNull(),
  rule: jsonb('rule').$type<SegmentRule>().notNull(),
  createdById: uuid('created_by_id'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
