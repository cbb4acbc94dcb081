import type { undoImport as operation } from '../../../shared/imports/import-operations.ts';
import type { Verb } from '../../db/act.ts';
import { changeImport, lockImport } from './import-store.ts';
import { UNDO_IMPORT } from './undo-batches.ts';

/** Stops an import for good; a job then deletes what it created. Undone twice is undone once. */
export const undoImport: Verb<typeof operation> = async (act, { id }) => {
  const { tenantId, userId, enqueue, audit } = act;
  const job = await lockImport(act, id);
  // One whose undoing was cancelled may be undone again.
  if (job.undone && job.status !== 'failed') return { id };
  await changeImport(act, id, { status: 'paused', undone: true, message: 'Being undone' });
  await enqueue({ name: UNDO_IMPORT.name, data: { tenantId, userId, importId: id, until: job.updatedAt } });
  audit({ action: 'imports.undo', entity: 'import', entityId: id, before: { status: job.status } });
  return { id };
};
