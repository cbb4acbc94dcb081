import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { discardChange } from './retry-write.ts';
import { runCommand } from './run-command.ts';

type Done = { id: string; undo: string | null };

/**
 * Undoes an act of this computer, of one write or of many slices. What has not left is forgotten; what the server has done already is
 * undone as an act of its own. `not_allowed_now` while it is on its way: who did what is told a moment after it was done.
 */
export function takeBack(replica: Replica, identity: Identity, writeId: string, now: number): void {
  const waiting = replica
    .sql(`SELECT write_id AS id, state FROM pending_write WHERE unit = ? OR write_id = ? ORDER BY seq`)
    .all(writeId, writeId) as { id: string; state: string }[];
  const [first] = waiting;
  if (first && waiting.every(({ state }) => state === 'queued')) return discardChange(replica, first.id);
  const done = replica
    .sql('SELECT id, undo FROM acts WHERE unit = ? AND undoable = 1 AND undone_at IS NULL ORDER BY at DESC LIMIT 1')
    .get(writeId) as Done | undefined;
  if (first || !done)
    throw new AppError(
      'not_allowed_now',
      'This is on its way to the server. Undo it in a moment, from the activity if need be.',
    );
  const inverse = done.undo === null ? {} : { inverse: JSON.parse(done.undo) as unknown };
  runCommand(replica, identity, { name: 'activity.undo', input: { id: done.id, ...inverse } }, now);
}
