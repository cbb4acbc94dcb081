import { and, eq, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { systemOf, type Act, type Perform } from '../../../db/act.ts';
import { inTime } from '../../../db/in-time.ts';
import type { JobDefinition, JobKind } from '../../../jobs/job-definition.ts';
import { statusAutomations, type AutomationRow } from './automation-table.ts';
import { wakeAt } from './wake.ts';

/** `include`: contacts that are due already are moved now. `from_now`: they are left alone. */
export type Existing = 'include' | 'from_now';

/** Contacts that get their time within the act that turns an automation on. */
const AT_ONCE = 5_000;

/** Contacts are given their time for an automation that was turned on. */
export const ARM: JobKind = { name: 'statuses.arm', retryLimit: 10, retryDelaySeconds: 5, concurrency: 1 };

/** When an automation comes to a contact, beside rows `c` and `t` (its tenant). */
export const dueAt = ({ timeValue, timeUnit }: AutomationRow): SQL =>
  sql`status_due_at(c.status_entered_at, ${timeValue}::int, ${timeUnit}::text, t.timezone)`;

/** Whom one that goes by time counts for, beside a row `c`. */
export const countsFor = ({ tenantId, fromStatus, targetStatus }: AutomationRow): SQL =>
  sql`c.tenant_id = ${tenantId} and c.status_entered_at is not null and c.lead_status <> ${targetStatus}
    ${fromStatus === null ? sql`and c.lead_status is not null` : sql`and c.lead_status = ${fromStatus}`}`;

/** Contacts with the status that are due now or were before. */
export async function countDue({ tx, now }: Act, automation: AutomationRow, condition: SQL): Promise<number> {
  const { rows } = await inTime(tx, () =>
    tx.execute<{ count: number }>(sql`
      select count(*)::int as count from contacts c join tenants t on t.id = c.tenant_id
      where ${countsFor(automation)} and ${dueAt(automation)} <= ${new Date(now).toISOString()}::timestamptz and ${condition}`),
  );
  return rows[0]?.count ?? 0;
}

/**
 * Gives contacts that have the status their time; who gets it from now on has it given by the database. Beyond a few thousand
 * a job goes on: contact by contact in the order of their ids.
 */
export async function armAutomation(
  act: Act,
  automation: AutomationRow,
  existing: Existing,
  after: string | null = null,
): Promise<void> {
  if (automation.triggerType !== 'TIME_BASED') return;
  const { tx, tenantId, now } = act;
  const at = sql`${new Date(now).toISOString()}::timestamptz`;
  const { rows } = await tx.execute<{ last: string | null; due: string | null; count: number }>(sql`
    with part as (
      select c.id, c.tenant_id, c.status_entered_at, ${dueAt(automation)} as due
      from contacts c join tenants t on t.id = c.tenant_id
      where ${countsFor(automation)} ${after === null ? sql`` : sql`and c.id > ${after}`}
      order by c.id limit ${AT_ONCE}
    ), made as (
      insert into status_timers (automation_id, contact_id, tenant_id, entered_at, due_at)
      select ${automation.id}::uuid, id, tenant_id, status_entered_at, due from part
      where ${existing === 'include' ? sql`true` : sql`due > ${at}`}
      on conflict do nothing returning due_at
    )
    select (select max(id::text) from part) as last, (select min(due_at)::text from made) as due,
      (select count(*)::int from part) as count`);
  const [made] = rows;
  if (made?.due) await wakeAt(act, Date.parse(made.due));
  if (made?.count === AT_ONCE)
    await act.enqueue({
      name: ARM.name,
      data: { tenantId, automationId: automation.id, updatedAt: automation.updatedAt, existing, after: made.last },
    });
}

export const armJob = z.object({
  tenantId: z.uuid(),
  automationId: z.uuid(),
  updatedAt: z.number(),
  existing: z.enum(['include', 'from_now']),
  after: z.uuid(),
});

/** One slice; the next one is a job of its own. An automation that was changed since is armed by that change. */
export const armAutomations = (perform: Perform): JobDefinition => ({
  kind: ARM,
  async run(data) {
    const { tenantId, automationId, updatedAt, existing, after } = armJob.parse(data);
    await perform(systemOf(tenantId), async (act) => {
      const [automation] = await act.tx
        .select()
        .from(statusAutomations)
        .where(and(eq(statusAutomations.tenantId, tenantId), eq(statusAutomations.id, automationId)))
        .for('share');
      if (!automation?.isActive || automation.updatedAt !== updatedAt) return;
      await armAutomation(act, automation, existing, after);
    });
  },
});
