import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { systemOf, type Act, type Perform } from '../../db/act.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import type { ContactImporter } from './contact-importer.ts';
import { importRows } from './import-row-table.ts';
import { changeImport, findImportLocked } from './import-store.ts';

export const UNDO_IMPORT: JobKind = { name: 'imports.undo', retryLimit: 20, retryDelaySeconds: 1, concurrency: 1 };

const LIMIT = 1_000;
export const undoJob = z.object({
  tenantId: z.uuid(),
  userId: z.uuid().nullable(),
  importId: z.uuid(),
  until: z.number(),
});

/** Deletes the contacts of an undone import that nobody touched, batch by batch, then says how it ended. */
export const undoImportBatches = (perform: Perform, importer: ContactImporter): JobDefinition => ({
  kind: UNDO_IMPORT,
  async run(data, { signal }) {
    const { tenantId, userId, importId, until } = undoJob.parse(data);
    const actor = { ...systemOf(tenantId), userId };
    while (!signal.aborted) {
      const gone = await perform(actor, (act) => importer.deleteUntouched(act, { importId, until, limit: LIMIT }));
      if (gone > 0) continue;
      const off = await perform(actor, (act) => importer.removeNumbers(act, { importId, limit: LIMIT }));
      if (off > 0) continue;
      await perform(actor, (act) => finish(act, importer, importId));
      return;
    }
  },
});

async function finish(act: Act, importer: ContactImporter, importId: string): Promise<void> {
  const job = await findImportLocked(act, importId);
  if (!job || job.status === 'done') return;
  const kept = job.kind === 'contacts' ? await importer.countImported(act, importId) : 0;
  const deleted = job.created - kept;
  const rest = kept ? ` ${kept} were kept because somebody has worked with them since.` : '';
  const message =
    job.kind === 'contacts'
      ? `Undone: ${deleted} contacts were deleted.${rest}`
      : `Undone: ${deleted} numbers were taken off the do-not-call list.`;
  await act.tx.delete(importRows).where(eq(importRows.importId, importId));
  await changeImport(act, importId, { status: 'done', message, created: kept });
  act.audit({ action: 'imports.undone', entity: 'import', entityId: importId, after: { deleted, kept } });
}
