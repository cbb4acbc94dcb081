import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../../shared/catalog/operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { discardWrite } from '../../sync/outbox.ts';
import { findBulkSize } from './bulk-size.ts';
import { discardChange } from './retry-write.ts';
import { runCommand } from './run-command.ts';

type Waiting = { id: string; unit: string; name: string; state: string };
type Done = { id: string; undo: string | null };

/**
 * Undoes an act of this computer, of one write or of many slices. What has not left is forgotten; what the server has done already is
 * undone as an act of its own, also where that is a part of it. `not_allowed_now` for a single write that is on its way: who did what
 * is told a moment after it was done.
 */
export function takeBack(replica: Replica, identity: Identity, writeId: string, now: number): void {
  replica.tx(() => {
    const waiting = replica
      .sql(`SELECT write_id AS id, unit, name, state FROM pending_write WHERE unit = ?1 OR write_id = ?1 ORDER BY seq`)
      .all({ 1: writeId }) as Waiting[];
    const [first] = waiting;
    const isQueued = waiting.every(({ state }) => state === 'queued');
    const hasLeft = !isQueued || hasLeftInPart(replica, first?.unit ?? writeId);
    if (first && !hasLeft) return discardChange(replica, first.id);
    const done = replica
      .sql('SELECT id, undo FROM acts WHERE unit = ? AND undoable = 1 AND undone_at IS NULL ORDER BY at DESC LIMIT 1')
      .get(writeId) as Done | undefined;
    const isBulk = findBulkSize(replica, writeId) !== null;
    if ((first && !isBulk) || (!first && !done))
      throw new AppError(
        'not_allowed_now',
        'This is on its way to the server. Undo it in a moment, from the activity if need be.',
      );
    if (isBulk) forgetRest(replica, writeId, waiting);
    const inverse = done && done.undo !== null ? { inverse: JSON.parse(done.undo) as unknown } : {};
    // It arrives after the slices that are on their way; the server knows the act by its unit before we hear of it.
    runCommand(replica, identity, { name: 'activity.undo', input: { id: done?.id ?? writeId, ...inverse } }, now);
  });
}

/** Whether some of a bulk act is neither waiting, nor refused, nor still to be cut. */
function hasLeftInPart(replica: Replica, unit: string): boolean {
  const size = findBulkSize(replica, unit);
  if (size === null) return false;
  const here = replica
    .sql(
      'SELECT name, input FROM pending_write WHERE unit = ?1 UNION ALL SELECT name, input FROM refused_write WHERE unit = ?1',
    )
    .all({ 1: unit }) as { name: string; input: string }[];
  const cut = replica.sql('SELECT next FROM bulk_command WHERE unit = ?').pluck().get(unit) as number | undefined;
  return cut === undefined ? here.reduce((count, slice) => count + countIds(slice), 0) < size : here.length < cut;
}

function countIds({ name, input }: { name: string; input: string }): number {
  const ids = (JSON.parse(input) as Record<string, unknown>)[findOperation(name)?.bulk?.field ?? ''];
  return Array.isArray(ids) ? ids.length : 0;
}

/** The last slices first, so that nothing is shown with half of what built upon it. */
function forgetRest(replica: Replica, unit: string, waiting: readonly Waiting[]): void {
  replica.sql('DELETE FROM bulk_command WHERE unit = ?').run(unit);
  for (const { id, state } of waiting.toReversed()) if (state === 'queued') discardWrite(replica, id);
}
