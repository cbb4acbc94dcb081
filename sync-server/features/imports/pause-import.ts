import type { pauseImport as operation } from '../../../shared/imports/import-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Verb } from '../../db/act.ts';
import { changeImport, lockImport } from './import-store.ts';

/** Waits for the batch at hand, then holds the import there. */
export const pauseImport: Verb<typeof operation> = async (act, { id }) => {
  const job = await lockImport(act, id);
  if (job.status === 'paused') return { id };
  if (job.status !== 'running')
    throw new AppError('not_allowed_now', 'Only a running import can be paused. Nothing was changed.');
  await changeImport(act, id, { status: 'paused' });
  act.audit({ action: 'imports.pause', entity: 'import', entityId: id, after: { processed: job.processed } });
  return { id };
};
