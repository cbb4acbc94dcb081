import { eq, sum } from 'drizzle-orm';
import type { runImport as operation } from '../../../shared/imports/import-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Verb } from '../../db/act.ts';
import { RUN_IMPORT } from './import-batches.ts';
import { importRows } from './import-row-table.ts';
import { changeImport, lockImport } from './import-store.ts';

/** Starts an import that has all its rows, or goes on with a paused or failed one. Running already is fine. */
export const runImport: Verb<typeof operation> = async (act, { id }) => {
  const { tx, tenantId, userId, enqueue, audit } = act;
  const job = await lockImport(act, id);
  if (job.status === 'done' || job.undone)
    throw new AppError('not_allowed_now', 'This import is finished. Start another to import more.');
  if (job.status === 'running') return { id };
  const [arrived] = await tx
    .select({ rows: sum(importRows.rowCount).mapWith(Number) })
    .from(importRows)
    .where(eq(importRows.importId, id));
  const rows = arrived?.rows ?? 0;
  if (rows !== job.total)
    throw new AppError(
      'invalid_input',
      `${rows} of the ${job.total} announced rows have arrived. Nothing was imported; send the missing parts and start again.`,
      { arrived: rows, total: job.total },
    );
  await changeImport(act, id, { status: 'running', message: null });
  await enqueue({ name: RUN_IMPORT.name, data: { tenantId, userId, importId: id } });
  audit({ action: 'imports.run', entity: 'import', entityId: id, before: { status: job.status } });
  return { id };
};
