import { boolean, integer, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import type { ImportRow } from '../../../shared/imports/import-row.ts';

/** The rows of an import in the parts they came in. A part is one batch of the job. */
export const importRows = pgTable(
  'import_rows',
  {
    importId: uuid('import_id').notNull(),
    part: integer('part').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    rowCount: integer('row_count').notNull(),
    rows: jsonb('rows').$type<ImportRow[]>().notNull(),
    done: boolean('done').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.importId, t.part] })],
);
