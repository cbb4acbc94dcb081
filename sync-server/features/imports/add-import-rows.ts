import type { addImportRows as operation } from '../../../shared/imports/import-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Verb } from '../../db/act.ts';
import { importRows } from './import-row-table.ts';
import { lockImport } from './import-store.ts';

/** Keeps one part of the rows. Sent again it replaces itself, until the import runs. */
export const addImportRows: Verb<typeof operation> = async (act, { id, part, rows }) => {
  const { tx, tenantId, audit } = act;
  const job = await lockImport(act, id);
  if (job.status !== 'receiving')
    throw new AppError('not_allowed_now', 'This import runs already and takes no more rows. Start another for these.');
  const content = { rowCount: rows.length, rows };
  await tx
    .insert(importRows)
    .values({ importId: id, part, tenantId, ...content })
    .onConflictDoUpdate({ target: [importRows.importId, importRows.part], set: content });
  audit({ action: 'imports.addRows', entity: 'import', entityId: id, after: { part, rows: rows.length } });
  return { id };
};
