import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { discardWrite } from '../../sync/outbox.ts';
import { runCommand } from './run-command.ts';

type Refused = { write_id: string; name: string; input: string };

/**
 * Queues a refused write again at the end of the outbox, as it was or with a changed input, as a new write:
 * the server answers the old id with the old refusal for ever. What was held because of it follows in its order.
 */
export function retryWrite(
  replica: Replica,
  identity: Identity,
  { writeId, input }: { writeId: string; input?: unknown },
  now: number,
): { writeId: string } {
  return replica.tx(() => {
    const refused = replica.sql('SELECT write_id, name, input FROM refused_write WHERE write_id = ?').get(writeId) as
      | Refused
      | undefined;
    if (!refused) throw new AppError('not_found', 'This change is no longer refused: it was sent or discarded before.');
    const held = replica
      .sql('SELECT write_id, name, input FROM refused_write WHERE because_of = ? ORDER BY rowid')
      .all(writeId)
      .toReversed() as Refused[];
    const again = runCommand(replica, identity, { name: refused.name, input: input ?? JSON.parse(refused.input) }, now);
    discardWrite(replica, writeId);
    for (const one of held) {
      runCommand(replica, identity, { name: one.name, input: JSON.parse(one.input) }, now);
      discardWrite(replica, one.write_id);
    }
    return { writeId: again.writeId };
  });
}
