import { sql } from 'drizzle-orm';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Act } from '../../../db/act.ts';
import type { JobKind } from '../../../jobs/job-definition.ts';

/** Comes to the contacts of one workspace whose time is up, and sleeps until the next one’s is. */
export const FIRE: JobKind = { name: 'statuses.fire', retryLimit: 20, retryDelaySeconds: 2, concurrency: 2 };

/**
 * Sees to it that somebody looks at the timers of the tenant then. A job that waits for that or earlier is kept from beginning
 * until this act is over, so that it sees what the act did; else there will be one more.
 */
export async function wakeAt({ tx, tenantId, now, enqueue }: Act, due: Instant): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil((due - now) / 1_000));
  const { rowCount } = await tx.execute(sql`
    select from pgboss.job where name = ${FIRE.name} and state in ('created', 'retry') and data ->> 'tenantId' = ${tenantId}
      and start_after <= now() + ${delaySeconds + 1} * interval '1 second'
    limit 1 for share skip locked`);
  if (!rowCount) await enqueue({ name: FIRE.name, data: { tenantId }, delaySeconds });
}
