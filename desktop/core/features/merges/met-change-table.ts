import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const metChanges = sqliteTable('met_changes', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  entity: text('entity'),
  entityId: text('entity_id'),
  contactId: text('contact_id'),
  kind: text('kind'),
  mine: text('mine'),
  theirs: text('theirs'),
  mineById: text('mine_by_id'),
  mineMadeAt: integer('mine_made_at'),
  theirsById: text('theirs_by_id'),
  theirsAt: integer('theirs_at'),
  createdAt: integer('created_at'),
  resolvedAt: integer('resolved_at'),
  resolvedById: text('resolved_by_id'),
});
