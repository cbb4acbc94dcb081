import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { systemOf, type Act, type Perform } from '../../db/act.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import type { ContactMover } from './contact-mover.ts';

/** Contacts that one act moves by itself. */
export const AT_ONCE = 5_000;

/** Contacts of a status that was deleted get another one, or of one that was put back get it again. */
export const REMAP: JobKind = { name: 'statuses.remap', retryLimit: 10, retryDelaySeconds: 5, concurrency: 1 };

const away = z.object({ from: z.string(), to: z.string().nullable(), until: z.number() });
export const remapJob = z.object({ tenantId: z.uuid(), actId: z.uuid(), isBack: z.literal(true).optional() });

/** A slice to a transaction. Begun again it goes on where it was: who was moved has the old status no more. */
export const remapContacts = (perform: Perform, mover: ContactMover): JobDefinition => ({
  kind: REMAP,
  async run(data, { signal }) {
    const { tenantId, actId, isBack } = remapJob.parse(data);
    const slice = async (act: Act): Promise<number> => {
      if (isBack) return mover.giveBackStatuses(act, { actId, limit: AT_ONCE });
      return (await isUndone(act, actId))
        ? 0
        : mover.replaceStatus(act, { ...away.parse(data), actId, limit: AT_ONCE });
    };
    for (let moved = AT_ONCE; moved === AT_ONCE && !signal.aborted;)
      moved = await perform(systemOf(tenantId), async (act) => {
        const n = await slice(act);
        if (n)
          act.audit({
            action: 'leadStatuses.remap',
            entity: 'lead_status',
            entityId: null,
            after: { actId, contacts: n, isBack: isBack === true },
            records: n,
          });
        return n;
      });
    signal.throwIfAborted();
  },
});

/** Whoever takes the deletion back waits for the slice at hand, and no other one follows. */
async function isUndone({ tx, tenantId }: Act, actId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ undone: boolean }>(
    sql`select undone_at is not null as undone from acts where tenant_id = ${tenantId} and id = ${actId} for share`,
  );
  return rows[0]?.undone === true;
}
