import { sql, type SQL } from 'drizzle-orm';
import type { listActivity as operation } from '../../../shared/activity/activity-operations.ts';
import type { OutputOf } from '../../../shared/protocol/operation.ts';
import type { Verb } from '../../db/act.ts';
import { containing } from '../../db/page.ts';

type Row = OutputOf<typeof operation>['data'][number];

/** The audit log itself, as far back as it is kept. What people did as one act and came in slices is one, by its first slice. */
export const listActivity: Verb<typeof operation> = async (act, { page, limit, sortOrder, search, ...by }) => {
  await act.storeAudit();
  const conditions: SQL[] = [sql`a.tenant_id = ${act.tenantId}`];
  if (by.userId) conditions.push(sql`a.user_id = ${by.userId}`);
  if (by.entity) conditions.push(sql`a.entity = ${by.entity}`);
  if (by.entityId) conditions.push(sql`a.entity_id = ${by.entityId}`);
  if (by.action) conditions.push(sql`a.action = ${by.action}`);
  if (by.from !== undefined) conditions.push(sql`a.at >= ${new Date(by.from).toISOString()}::timestamptz`);
  if (by.to !== undefined) conditions.push(sql`a.at < ${new Date(by.to).toISOString()}::timestamptz`);
  if (search) conditions.push(sql`(a.action ilike ${containing(search)} or u.name ilike ${containing(search)})`);
  conditions.push(sql`(a.unit is null or not exists (
    select from audit_log e where e.unit = a.unit and e.tenant_id = a.tenant_id and e.action = a.action and (e.at, e.id) < (a.at, a.id)))`);
  const where = sql.join(conditions, sql` and `);
  const from = sql`from audit_log a left join users u on u.id = a.user_id and u.tenant_id = a.tenant_id where ${where}`;
  const direction = sortOrder === 'asc' ? sql`asc` : sql`desc`;
  const { rows } = await act.tx.execute<Row & { at: Date; undoneAt: Date | null }>(sql`
    select a.id, a.user_id as "userId", u.name as "userName", d.name as "deviceName", a.action, a.entity, a.entity_id as "entityId",
      case when a.unit is null then coalesce(a.records, 1) else (select sum(e.records)::int from audit_log e
        where e.unit = a.unit and e.tenant_id = a.tenant_id and e.action = a.action) end as records,
      a.before, a.after, a.at, t.undone_at as "undoneAt", a.trace_id as "traceId"
    from (select a.* ${from} order by a.at ${direction}, a.id ${direction} limit ${limit} offset ${(page - 1) * limit}) a
    left join users u on u.id = a.user_id and u.tenant_id = a.tenant_id
    left join devices d on d.user_id = a.user_id and d.id = a.device_id
    left join acts t on t.id = a.id
    order by a.at ${direction}, a.id ${direction}`);
  const counted = await act.tx.execute<{ n: number }>(sql`select count(*)::int as n ${from}`);
  const data = rows.map((row) => ({
    ...row,
    at: new Date(row.at).getTime(),
    undoneAt: row.undoneAt && new Date(row.undoneAt).getTime(),
  }));
  return { data, page, limit, total: counted.rows[0]?.n ?? 0 };
};
