import { eq } from 'drizzle-orm';
import { subscribe, type Subscriber } from '../../events/event.ts';
import { importJob, RUN_IMPORT } from './import-batches.ts';
import { importJobs } from './import-job-table.ts';
import { changeImport, findImportLocked } from './import-store.ts';
import { undoJob, UNDO_IMPORT } from './undo-batches.ts';

/** An import whose job will not go on says how far it came, and waits for a person to go on or undo. */
export const onImportCancelled: Subscriber = subscribe('job.cancelled', async (act, { job, data }) => {
  if (job === RUN_IMPORT.name) {
    const { importId } = importJob.parse(data);
    const cut = await findImportLocked(act, importId);
    if (cut?.status !== 'running') return;
    const { processed, total } = cut;
    const message = `Cancelled after ${processed} of ${total} rows. Those stay imported; go on with the rest, or undo.`;
    await changeImport(act, importId, { status: 'paused', message });
    act.audit({ action: 'imports.cancel', entity: 'import', entityId: importId, after: { processed, total } });
  }
  if (job === UNDO_IMPORT.name) {
    const { importId, until } = undoJob.parse(data);
    const cut = await findImportLocked(act, importId);
    if (!cut?.undone || cut.status === 'done') return;
    const message = 'Undoing was cancelled before its end. What is left of the import stays; undo again to delete it.';
    // The moment it was undone at stays the one that decides who was touched since.
    await act.tx
      .update(importJobs)
      .set({ status: 'failed', message, updatedAt: until })
      .where(eq(importJobs.id, importId));
    act.audit({ action: 'imports.cancelUndo', entity: 'import', entityId: importId });
  }
});
