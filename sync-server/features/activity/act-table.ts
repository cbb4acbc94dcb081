import { boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/instant-column.ts';

/** What members did lately, for desktops; see shared/activity/act-columns.ts. The audit log is the record, this its window. */
export const acts = pgTable('acts', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  deviceName: text('device_name'),
  action: text('action').notNull(),
  entity: text('entity').notNull(),
  entityId: uuid('entity_id'),
  contactId: uuid('contact_id'),
  records: integer('records').notNull(),
  before: jsonb('before'),
  after: jsonb('after'),
  undoable: boolean('undoable').notNull(),
  undo: jsonb('undo'),
  undoneAt: instant('undone_at'),
  unit: uuid('unit'),
  at: instant('at').notNull(),
});
