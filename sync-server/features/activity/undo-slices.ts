import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { ROLES } from '../../../shared/protocol/role.ts';
import type { Act, Perform } from '../../db/act.ts';
import { subscribe, type Subscriber } from '../../events/event.ts';
import type { JobDefinition, JobKind } from '../../jobs/job-definition.ts';
import { acts } from './act-table.ts';
import type { Inverses } from './inverse.ts';
import { readDone, takeBack } from './take-back.ts';

export const UNDO_SLICE: JobKind = { name: 'activity.undoSlice', retryLimit: 5, retryDelaySeconds: 2, concurrency: 1 };

const sliceJob = z.object({
  tenantId: z.uuid(),
  userId: z.uuid().nullable(),
  deviceId: z.uuid().nullable(),
  role: z.enum(ROLES),
  actId: z.uuid(),
  unit: z.uuid(),
});

/** In a job of its own. */
export const takeBackLater = (act: Act, actId: string, unit: string): Promise<void> => {
  const { tenantId, userId, deviceId, role } = act;
  return act.enqueue({ name: UNDO_SLICE.name, data: { tenantId, userId, deviceId, role, actId, unit } });
};

/** One slice of a large act, once. What fails for good can be taken back by hand again. */
export const undoSlices = (perform: Perform, inverses: Inverses): JobDefinition => ({
  kind: UNDO_SLICE,
  async run(data, { isLastAttempt }) {
    const { actId, unit, ...actor } = sliceJob.parse(data);
    try {
      await perform(actor, async (act) => {
        const again = await act.tx.execute(sql`
          select from audit_log where tenant_id = ${act.tenantId} and undoes = ${actId} and unit = ${unit}`);
        if (again.rowCount) return;
        await takeBack(act, inverses, await readDone(act, actId), unit);
        // Also where somebody tries again what failed for good.
        await act.tx
          .update(acts)
          .set({ undoneAt: act.now })
          .where(and(eq(acts.id, actId), isNull(acts.undoneAt)));
      });
    } catch (error) {
      if (isLastAttempt) await perform(actor, (act) => stillDone(act, actId));
      throw error;
    }
  },
});

const stillDone = ({ tx, tenantId }: Act, actId: string) =>
  tx
    .update(acts)
    .set({ undoneAt: null })
    .where(and(eq(acts.tenantId, tenantId), eq(acts.id, actId)));

/** A slice whose job was cancelled is as it was done, and can be taken back later. */
export const onUndoCancelled: Subscriber = subscribe('job.cancelled', async (act, { job, data }) => {
  if (job === UNDO_SLICE.name) await stillDone(act, sliceJob.parse(data).actId);
});

/** What is still being taken back, slice by slice, is not taken back in turn: half of it would end up done and half undone. */
export async function assertNotUnderWay({ tx, tenantId }: Act, id: string): Promise<void> {
  const { rowCount } = await tx.execute(sql`
    select from pgboss.job where name = ${UNDO_SLICE.name} and state in ('created', 'retry', 'active')
      and data ->> 'tenantId' = ${tenantId}
      and data ->> 'unit' in (${id}, (select unit::text from audit_log where tenant_id = ${tenantId} and id = ${id})) limit 1`);
  if (!rowCount) return;
  throw new AppError(
    'not_allowed_now',
    'This is still being taken back. Nothing was changed; try again when that is done.',
    { reason: 'under_way' },
  );
}
