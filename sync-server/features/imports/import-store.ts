import { and, eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Act } from '../../db/act.ts';
import { importJobs, type ImportJobRow } from './import-job-table.ts';

/** The import, locked until the act is done: batches, pause and undo take turns. Null for another tenant's. */
export async function findImportLocked({ tx, tenantId }: Act, id: string): Promise<ImportJobRow | null> {
  const [job] = await tx
    .select()
    .from(importJobs)
    .where(and(eq(importJobs.tenantId, tenantId), eq(importJobs.id, id)))
    .for('update');
  return job ?? null;
}

export async function lockImport(act: Act, id: string): Promise<ImportJobRow> {
  const job = await findImportLocked(act, id);
  if (!job) throw importNotFound();
  return job;
}

export const importNotFound = () => new AppError('not_found', 'This import does not exist. Nothing was changed.');

export async function changeImport({ tx, now }: Act, id: string, changes: Partial<ImportJobRow>): Promise<void> {
  await tx
    .update(importJobs)
    .set({ ...changes, updatedAt: now })
    .where(eq(importJobs.id, id));
}
