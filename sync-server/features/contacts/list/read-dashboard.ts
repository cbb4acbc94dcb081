import { sql } from 'drizzle-orm';
import type { readDashboard as operation } from '../../../../shared/contacts/dashboard-operations.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type { OutputOf } from '../../../../shared/protocol/operation.ts';
import type { Verb } from '../../../db/act.ts';
import { DAY_MS } from '../../../db/prune-table.ts';

type Stats = OutputOf<typeof operation>;
type Sums = Omit<Stats, 'stages' | 'statuses'>;

const NEW_DAYS = 30;
/** Sums of cents come as text from the database: they may be beyond what it gives as a number. */
const numbers = <Row extends object>(row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, /Cents$/.test(key) ? Number(value) : (value as unknown)]),
  ) as Row;

export const readDashboard: Verb<typeof operation> = async ({ tx, tenantId, now }) => {
  const since = new Date(now - NEW_DAYS * DAY_MS).toISOString();
  const sums = await tx.execute<Sums>(sql`
    select count(*)::int as contacts,
      (count(*) filter (where created_at >= ${since}::timestamptz))::int as "newLeads",
      (count(*) filter (where lead_status in ('sold', 'won') or actual_revenue_cents > 0))::int as "activeCustomers",
      (count(*) filter (where emergency))::int as emergencies,
      coalesce(sum(estimated_revenue_cents), 0) as "estimatedRevenueCents",
      coalesce(sum(actual_revenue_cents), 0) as "actualRevenueCents",
      coalesce(sum(estimated_revenue_cents) filter (where stage_id is not null), 0) as "pipelineValueCents"
    from contacts where tenant_id = ${tenantId}`);
  const stages = await tx.execute<Stats['stages'][number]>(sql`
    select s.id as "stageId", s.name, p.id as "pipelineId", p.name as "pipelineName", s.probability,
      coalesce(c.n, 0)::int as contacts, coalesce(c.value, 0) as "valueCents"
    from stages s join pipelines p on p.id = s.pipeline_id
    left join (select stage_id, count(*) as n, sum(estimated_revenue_cents) as value
      from contacts where tenant_id = ${tenantId} and stage_id is not null group by stage_id) c on c.stage_id = s.id
    where s.tenant_id = ${tenantId}
    order by p.display_order, p.id, s.display_order, s.id`);
  const statuses = await tx.execute<Stats['statuses'][number]>(sql`
    select coalesce(l.key, c.key) as key, coalesce(l.name, c.key, 'None') as name, coalesce(c.n, 0)::int as contacts,
      coalesce(c.value, 0) as "valueCents"
    from (select * from lead_statuses where tenant_id = ${tenantId}) l
    full join (select lead_status as key, count(*) as n, sum(estimated_revenue_cents) as value
      from contacts where tenant_id = ${tenantId} group by lead_status) c on c.key = l.key
    order by l.display_order nulls last, 1 nulls last`);
  return {
    ...numbers(must(sums.rows[0], 'sums')),
    stages: stages.rows.map(numbers),
    statuses: statuses.rows.map(numbers),
  };
};
