import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { systemOf, type Act, type Perform } from '../../db/act.ts';
import { isPassingError } from '../../db/database-error.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import type { ContactImporter } from './contact-importer.ts';
import { importProblems } from './import-problem-table.ts';
import { importRows } from './import-row-table.ts';
import { changeImport, findImportLocked } from './import-store.ts';

export const RUN_IMPORT: JobKind = { name: 'imports.run', retryLimit: 5, retryDelaySeconds: 1, concurrency: 1 };

export const importJob = z.object({ tenantId: z.uuid(), userId: z.uuid().nullable(), importId: z.uuid() });

/**
 * Works through an import, one part and one transaction at a time; contacts, problems and progress commit together.
 * A worker that dies loses at most the part at hand, and the next attempt begins with exactly that part.
 */
export const runImportBatches = (perform: Perform, importer: ContactImporter): JobDefinition => ({
  kind: RUN_IMPORT,
  async run(data, { isLastAttempt, signal }) {
    const { tenantId, userId, importId } = importJob.parse(data);
    const actor = { ...systemOf(tenantId), userId };
    try {
      while (!signal.aborted && (await perform(actor, (act) => takeBatch(act, importer, importId)))) {
        // Each round is one batch.
      }
    } catch (error) {
      if (isLastAttempt && !isPassingError(error)) await perform(actor, (act) => giveUp(act, importId));
      throw error;
    }
  },
});

/** Imports the next part. False when there is nothing more to do now: finished, paused, undone or deleted. */
async function takeBatch(act: Act, importer: ContactImporter, importId: string): Promise<boolean> {
  const { tx, tenantId } = act;
  const job = await findImportLocked(act, importId);
  if (job?.status !== 'running') return false;
  const [part] = await tx
    .select()
    .from(importRows)
    .where(and(eq(importRows.importId, importId), eq(importRows.done, false)))
    .orderBy(asc(importRows.part))
    .limit(1);
  if (!part) {
    await finish(act, importId);
    return false;
  }
  const batch = { importId, rows: part.rows, duplicates: job.duplicates };
  const { created, updated, skipped, problems } = await importer.importContacts(act, batch);
  if (problems.length)
    await tx
      .insert(importProblems)
      .values(problems.map((problem) => ({ ...problem, importId, tenantId })))
      .onConflictDoNothing();
  await tx
    .update(importRows)
    .set({ done: true, rows: [] })
    .where(and(eq(importRows.importId, importId), eq(importRows.part, part.part)));
  await changeImport(act, importId, {
    processed: job.processed + part.rowCount,
    created: job.created + created,
    updated: job.updated + updated,
    skipped: job.skipped + skipped,
  });
  return true;
}

async function finish(act: Act, importId: string): Promise<void> {
  const job = await findImportLocked(act, importId);
  await changeImport(act, importId, { status: 'done' });
  await act.tx.delete(importRows).where(eq(importRows.importId, importId));
  act.audit({ action: 'imports.finish', entity: 'import', entityId: importId });
  if (!job) return;
  const { startedById: userId, fileName, created, updated } = job;
  await act.publish({ type: 'import.finished', importId, userId, fileName, created, updated });
}

async function giveUp(act: Act, importId: string): Promise<void> {
  const job = await findImportLocked(act, importId);
  if (job?.status !== 'running') return;
  const message = `Stopped after ${job.processed} of ${job.total} rows by a fault of the server. Those are imported; go on with the rest, or undo.`;
  await changeImport(act, importId, { status: 'failed', message });
}
