import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { discardWrite } from '../../sync/outbox.ts';
import { noteBulkSize } from './bulk-size.ts';
import { runCommand } from './run-command.ts';

type Refused = { write_id: string; name: string; input: string };

/**
 * Queues a refused change again at the end of the outbox, as it was or with a changed input, as a new write:
 * the server answers the old id with the old refusal for ever. What was held because of it follows in its order.
 * Of a bulk act all refused slices go again, as one change.
 */
export function retryWrite(
  replica: Replica,
  identity: Identity,
  { writeId, input }: { writeId: string; input?: unknown },
  now: number,
): { writeId: string } {
  return replica.tx(() => {
    const slices = findRefusedSlices(replica, writeId);
    const [first] = slices;
    if (!first) throw new AppError('not_found', 'This change is no longer refused: it was sent or discarded before.');
    const unit = slices.length > 1 ? { unit: newId<'unit'>() } : {};
    if (unit.unit)
      noteBulkSize(
        replica,
        unit.unit,
        slices.reduce((sum, one) => sum + countRecords(one.input), 0),
      );
    const again = slices.map((one) => {
      const held = findHeld(replica, one.write_id);
      const sent = runCommand(
        replica,
        identity,
        { name: one.name, input: input ?? JSON.parse(one.input), ...unit },
        now,
      );
      discardWrite(replica, one.write_id);
      for (const dependant of held) {
        runCommand(replica, identity, { name: dependant.name, input: JSON.parse(dependant.input) }, now);
        discardWrite(replica, dependant.write_id);
      }
      return sent;
    });
    return { writeId: again[0]?.writeId ?? '' };
  });
}

/** Forgets a refused change, or takes back one that has not left: all slices of it, or none. */
export function discardChange(replica: Replica, writeId: string): void {
  replica.tx(() => {
    const refused = findRefusedSlices(replica, writeId);
    const waiting = replica
      .sql(
        `SELECT write_id FROM pending_write WHERE unit = (SELECT unit FROM pending_write WHERE write_id = ?)
           AND name NOT LIKE 'imports.%' ORDER BY seq DESC`,
      )
      .pluck()
      .all(writeId) as string[];
    // An act that is still being cut into slices ends here.
    if (refused.length === 0)
      replica
        .sql('DELETE FROM bulk_command WHERE unit = (SELECT unit FROM pending_write WHERE write_id = ?)')
        .run(writeId);
    const ids = refused.length > 0 ? refused.map((one) => one.write_id) : waiting;
    for (const id of ids.length > 0 ? ids : [writeId]) discardWrite(replica, id);
  });
}

const countRecords = (input: string): number => {
  const { contactIds } = JSON.parse(input) as { contactIds?: unknown[] };
  return contactIds?.length ?? 0;
};

/** All refused writes of the same act. The parts of an import depend on each other and are held, not sliced. */
const findRefusedSlices = (replica: Replica, writeId: string): Refused[] =>
  replica
    .sql(
      `SELECT r.write_id, r.name, r.input FROM refused_write r JOIN refused_write of ON of.write_id = ?
       WHERE r.write_id = of.write_id OR (r.unit = of.unit AND of.name NOT LIKE 'imports.%' AND r.name = of.name)
       ORDER BY r.rowid`,
    )
    .all(writeId) as Refused[];

const findHeld = (replica: Replica, writeId: string): Refused[] =>
  replica
    .sql('SELECT write_id, name, input FROM refused_write WHERE because_of = ? ORDER BY rowid')
    .all(writeId)
    .toReversed() as Refused[];
