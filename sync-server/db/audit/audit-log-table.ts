import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../instant-column.ts';

/** Who did what to which entity, with what it was before and after. Written in the transaction of the act itself and never changed. */
export const auditLog = pgTable('audit_log', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id'),
  deviceId: uuid('device_id'),
  action: text('action').notNull(),
  entity: text('entity').notNull(),
  entityId: uuid('entity_id'),
  before: jsonb('before'),
  after: jsonb('after'),
  /** Ties the row to logs and jobs. */
  traceId: text('trace_id'),
  contactId: uuid('contact_id'),
  records: integer('records'),
  /** The act that takes this one back: `{name, input}`. */
  undo: jsonb('undo'),
  /** The act that this one took back. */
  undoes: uuid('undoes'),
  /** Of slices of one act of a person. */
  unit: uuid('unit'),
  at: instant('at').notNull(),
});
