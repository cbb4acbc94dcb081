import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { systemOf, type Act, type Perform } from '../../db/act.ts';
import { isPassingError } from '../../db/database-error.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import type { ContactImporter } from './contact-importer.ts';
import { importProblems } from './import-problem-table.ts';
import { importRows } from './import-row-table.ts';
import { changeImport, findImportLocked } from './import-store.ts';

export const RUN_IMPORT: JobKind = { name: 'imports.run', retryLimit: 5, retryDelaySeconds: 1, concurrency: 1 };

/** Five thousand rows: enough for their statements to cost little each, and over within a second. */
const BATCH_PARTS = 5;

export const importJob = z.object({ tenantId: z.uuid(), userId: z.uuid().nullable(), importId: z.uuid() });

/**
 * Works through an import, a few parts and one transaction at a time; contacts, problems and progress commit together.
 * A worker that dies loses at most the parts at hand, and the next attempt begins with exactly those.
 */
export const runImportBatches = (perform: Perform, importer: ContactImporter): JobDefinition => ({
  kind: RUN_IMPORT,
  async run(data, { isLastAttempt, signal }) {
    const { tenantId, userId, importId } = importJob.parse(data);
    const actor = { ...systemOf(tenantId), userId };
    try {
      let upcoming = perform(actor, (act) => readParts(act, importId, -1));
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- one batch after the other
        const parts = await upcoming;
        if (signal.aborted) return;
        // The next one is read while the database takes this one.
        upcoming = perform(actor, (act) => readParts(act, importId, parts.at(-1)?.part ?? -1));
        upcoming.catch(() => undefined);
        // oxlint-disable-next-line no-await-in-loop -- one batch after the other
        if (!(await perform(actor, (act) => takeBatch(act, importer, importId, parts)))) return;
      }
    } catch (error) {
      if (isLastAttempt && !isPassingError(error)) await perform(actor, (act) => giveUp(act, importId));
      throw error;
    }
  },
});

type Part = typeof importRows.$inferSelect;

const readParts = ({ tx, tenantId }: Act, importId: string, after: number): Promise<Part[]> =>
  tx
    .select()
    .from(importRows)
    .where(and(waitingOf(tenantId, importId), gt(importRows.part, after)))
    .orderBy(asc(importRows.part))
    .limit(BATCH_PARTS);

const waitingOf = (tenantId: string, importId: string) =>
  and(eq(importRows.tenantId, tenantId), eq(importRows.importId, importId), eq(importRows.done, false));

/** Imports the parts. False when there is nothing more to do now: finished, paused, undone or deleted, or somebody else took them. */
async function takeBatch(act: Act, importer: ContactImporter, importId: string, parts: Part[]): Promise<boolean> {
  const { tx, tenantId } = act;
  const job = await findImportLocked(act, importId);
  if (job?.status !== 'running') return false;
  const taken = parts.map(({ part }) => part);
  const waiting = await tx
    .select({ part: importRows.part })
    .from(importRows)
    .where(and(waitingOf(tenantId, importId), ...(taken.length ? [inArray(importRows.part, taken)] : [])));
  if (waiting.length !== parts.length) return false;
  if (!parts.length) {
    await finish(act, importId);
    return false;
  }
  // Its commit need not wait for the disk: a crash takes the last batches back whole, parts and all, and the job does them again.
  // The end of the import waits, and with it everything before it.
  await tx.execute(sql`set local synchronous_commit = off`);
  const batch = { importId, rows: parts.flatMap(({ rows }) => rows), duplicates: job.duplicates };
  const { created, updated, skipped, problems } = await (job.kind === 'contacts'
    ? importer.importContacts(act, batch)
    : importer.importNumbers(act, batch));
  if (problems.length)
    await tx
      .insert(importProblems)
      .values(problems.map((problem) => ({ ...problem, importId, tenantId })))
      .onConflictDoNothing();
  await tx
    .update(importRows)
    .set({ done: true, rows: [] })
    .where(and(eq(importRows.importId, importId), inArray(importRows.part, taken)));
  await changeImport(act, importId, {
    processed: parts.reduce((sum, { rowCount }) => sum + rowCount, job.processed),
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
