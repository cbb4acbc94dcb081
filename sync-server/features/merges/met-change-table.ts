import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { MET_ENTITIES, MET_KINDS, type FieldValues } from '../../../shared/merges/met-change.ts';
import { instant } from '../../db/instant-column.ts';

/** Edits that arrived for a row somebody else had changed in the meantime; see merge-columns.ts for what each column means. */
export const metChanges = pgTable('met_changes', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  entity: text('entity', { enum: MET_ENTITIES }).notNull(),
  entityId: uuid('entity_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  kind: text('kind', { enum: MET_KINDS }).notNull(),
  mine: jsonb('mine').$type<FieldValues>().notNull(),
  theirs: jsonb('theirs').$type<FieldValues>().notNull(),
  mineById: uuid('mine_by_id'),
  mineMadeAt: instant('mine_made_at').notNull(),
  theirsById: uuid('theirs_by_id'),
  theirsAt: instant('theirs_at').notNull(),
  createdAt: instant('created_at').notNull(),
  resolvedAt: instant('resolved_at'),
  resolvedById: uuid('resolved_by_id'),
  /** The device whose edit arrived: what it was told once it is not told again. Does not travel. */
  deviceId: uuid('device_id'),
});
