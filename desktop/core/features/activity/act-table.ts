import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const acts = sqliteTable('acts', {
  rid: integer('rid').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  userId: text('user_id'),
  deviceName: text('device_name'),
  action: text('action'),
  entity: text('entity'),
  entityId: text('entity_id'),
  contactId: text('contact_id'),
  records: integer('records'),
  before: text('before', { mode: 'json' }),
  after: text('after', { mode: 'json' }),
  undoable: integer('undoable', { mode: 'boolean' }),
  undo: text('undo', { mode: 'json' }),
  undoneAt: integer('undone_at'),
  unit: text('unit'),
  at: integer('at'),
});
