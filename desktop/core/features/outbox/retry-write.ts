import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../../shared/catalog/operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { Naming } from '../../sync/dependants.ts';
import { discardWrite } from '../../sync/outbox.ts';
import { IMPORT_PARTS, REFUSED_UNIT } from './refused-unit.ts';
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
    const chained = IMPORT_PARTS.includes(first.name);
    const unit = slices.length > 1 && !chained ? { unit: newId<'unit'>() } : {};
    if (unit.unit)
      noteBulkSize(
        replica,
        unit.unit,
        slices.reduce((sum, one) => sum + countRecords(one.input), 0),
      );
    const known = new Set(slices.map((one) => one.write_id));
    const again = slices.map((one) => {
      const held = findHeld(replica, one.write_id).filter((dependant) => !known.has(dependant.write_id));
      const whole = slices.length > 1 ? inputOfSlice(one, input) : (input ?? JSON.parse(one.input));
      const sent = runCommand(replica, identity, { name: one.name, input: whole, chained, ...unit }, now);
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

/** What was changed of an act goes for every slice of it; the records are its own. */
function inputOfSlice({ name, input }: Refused, changed: unknown): unknown {
  const own = JSON.parse(input) as Record<string, unknown>;
  const field = findOperation(name)?.bulk?.field;
  return changed && field ? { ...(changed as object), [field]: own[field] } : own;
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
    const naming = new Naming(replica);
    for (const id of ids.length > 0 ? ids : [writeId]) discardWrite(replica, id, naming);
  });
}

const countRecords = (input: string): number => {
  const { contactIds } = JSON.parse(input) as { contactIds?: unknown[] };
  return contactIds?.length ?? 0;
};

/** All refused writes of the same act, in their order. */
const findRefusedSlices = (replica: Replica, writeId: string): Refused[] =>
  replica
    .sql(
      `SELECT write_id, name, input FROM refused_write
       WHERE ${REFUSED_UNIT} = (SELECT ${REFUSED_UNIT} FROM refused_write WHERE write_id = ?)
       ORDER BY iif(name LIKE 'imports.%', instr('${IMPORT_PARTS.join(' ')}', name), 0),
         iif(name = 'imports.addRows', input ->> '$.part', 0), rowid`,
    )
    .all(writeId) as Refused[];

const findHeld = (replica: Replica, writeId: string): Refused[] =>
  replica
    .sql('SELECT write_id, name, input FROM refused_write WHERE because_of = ? ORDER BY rowid')
    .all(writeId)
    .toReversed() as Refused[];
