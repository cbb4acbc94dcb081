import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/** Rows the server would not take, with the reason in words. */
export const importProblems = pgTable(
  'import_problems',
  {
    importId: uuid('import_id').notNull(),
    row: integer('row').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.row] })],
);
