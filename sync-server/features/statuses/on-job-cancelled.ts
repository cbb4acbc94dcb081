import { sql } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import { subscribe, type Subscriber } from '../../events/event.ts';
import { armJob, ARM } from './automations/arm-automation.ts';
import { stopAutomations } from './automations/automation-store.ts';
import { FIRE, wakeAt } from './automations/wake.ts';
import type { ContactMover } from './contact-mover.ts';
import { putBackStatus, type KeptStatus } from './delete-status.ts';
import { REMAP, remapJob } from './remap-contacts.ts';

/** How long nobody comes to contacts after somebody cancelled that; who wants it to stay so turns the automation off. */
const REST_MS = 5 * 60_000;

/** What was begun and will not go on is put right, so that no contact stays with half of it. */
export const onStatusJobCancelled = (mover: ContactMover): Subscriber =>
  subscribe('job.cancelled', async (act, { job, data }) => {
    if (job === FIRE.name) await wakeAt(act, act.now + REST_MS);
    if (job === ARM.name) {
      const { automationId } = armJob.parse(data);
      await stopAutomations(act, [automationId]);
      act.audit({ action: 'statusAutomations.cancel', entity: 'status_automation', entityId: automationId });
    }
    if (job === REMAP.name) {
      const { actId, isBack } = remapJob.parse(data);
      if (!isBack) await keepStatus(act, mover, actId);
    }
  });

/** Contacts would keep a status that is gone: it comes back, with those that were moved already. */
async function keepStatus(act: Act, mover: ContactMover, actId: string): Promise<void> {
  await act.storeAudit();
  const { rows } = await act.tx.execute<{ kept: KeptStatus }>(sql`
    select undo -> 'input' as kept from audit_log where tenant_id = ${act.tenantId} and id = ${actId}
      and not exists (select from acts where acts.id = ${actId} and undone_at is not null)`);
  const kept = rows[0]?.kept;
  if (!kept) return;
  await putBackStatus(mover)({ ...act, audit: (entry) => act.audit({ ...entry, undoes: actId }) }, kept);
  await act.tx.execute(sql`
    update acts set undone_at = ${new Date(act.now).toISOString()}::timestamptz where tenant_id = ${act.tenantId} and id = ${actId}`);
}
