import { sql, type SQL } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { quietly } from '../../../db/audit/history-actor.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import { isOwnHistory } from '../merge/alias-read-model.ts';

/** Gives those of the contacts that have `from` the status `to`, and answers which. */
async function giveStatus(
  { tx, tenantId, now }: Act,
  { ids, from, to }: { ids: readonly string[]; from: string; to: string },
): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    update contacts c set lead_status = ${to}, updated_at = ${nextUpdatedAtSql(now, sql`c.updated_at`)}
    where c.tenant_id = ${tenantId} and c.id = any(${sql.param([...ids])}::uuid[]) and c.lead_status = ${from} returning c.id`);
  return rows.map(({ id }) => id);
}

/** Gives `limit` contacts that got `from` until then the status `to`, in the name of the act; sets nothing off. Answers how many. */
function replaceStatus(
  act: Act,
  { from, to, until, limit, actId }: { from: string; to: string | null; until: number; limit: number; actId: string },
): Promise<number> {
  const { tenantId } = act;
  return change(
    act,
    actId,
    sql`lead_status = ${to}`,
    sql`id in (
    select id from contacts where tenant_id = ${tenantId} and lead_status = ${from}
      and coalesce(status_entered_at, created_at) <= ${new Date(until).toISOString()}::timestamptz
    order by id limit ${limit} for update)`,
  );
}

/** Takes contacts out of these stages, into another or out of their pipeline. */
function replaceStages(
  act: Act,
  { from, to, actId }: { from: readonly string[]; to: { stageId: string; pipelineId: string } | null; actId: string },
): Promise<number> {
  const { tenantId } = act;
  return change(
    act,
    actId,
    sql`stage_id = ${to?.stageId ?? null}::uuid, pipeline_id = ${to?.pipelineId ?? null}::uuid`,
    sql`id in (select id from contacts where tenant_id = ${tenantId} and stage_id = any(${sql.param([...from])}::uuid[])
      order by id for update)`,
  );
}

async function change(act: Act, actId: string, values: SQL, which: SQL): Promise<number> {
  const { tx, tenantId, now } = act;
  return silently(act, actId, async () => {
    const { rowCount } = await tx.execute(sql`
      update contacts set ${values}, updated_at = ${nextUpdatedAtSql(now, sql`updated_at`)}
      where tenant_id = ${tenantId} and ${which}`);
    return rowCount ?? 0;
  });
}

/** Gives `limit` contacts back the status they had before the act, where it is still what the act made it. */
function giveBackStatuses(act: Act, { actId, limit }: { actId: string; limit: number }): Promise<number> {
  return giveBack(act, actId, limit, {
    field: 'leadStatus',
    column: sql`c.lead_status`,
    values: sql`lead_status = k.before`,
    join: sql``,
  });
}

/** The same of the stage; a stage that is gone takes nobody back. */
function giveBackStages(act: Act, { actId, limit }: { actId: string; limit: number }): Promise<number> {
  return giveBack(act, actId, limit, {
    field: 'stageId',
    column: sql`c.stage_id::text`,
    values: sql`stage_id = s.id, pipeline_id = s.pipeline_id`,
    join: sql`join stages s on s.id = k.before::uuid and s.tenant_id = k.tenant_id`,
  });
}

type Way = { field: string; column: SQL; values: SQL; join: SQL };

async function giveBack(act: Act, actId: string, limit: number, { field, column, values, join }: Way): Promise<number> {
  const { tx, tenantId, now } = act;
  return silently(act, null, async () => {
    const { rowCount } = await tx.execute(sql`
      with k as materialized (
        select c.id, c.tenant_id, h.before #>> '{}' as before
        from contact_changes h join contacts c on c.id = h.contact_id and c.tenant_id = h.tenant_id
        where h.act_id = ${actId} and h.tenant_id = ${tenantId} and h.field = ${field} and ${column} is not distinct from h.after #>> '{}'
          and h.before is distinct from h.after and ${isOwnHistory('h')}
        order by c.id limit ${limit} for update of c
      )
      update contacts c set ${values}, updated_at = ${nextUpdatedAtSql(now, sql`c.updated_at`)}
      from k ${join} where c.id = k.id`);
    return rowCount ?? 0;
  });
}

/** An administrator puts things in order. */
const silently = <T>(act: Act, actId: string | null, work: () => Promise<T>): Promise<T> =>
  quietly(act.tx, () => act.inHistory(actId ? { actId } : {}, work));

/** What statuses and pipelines do to contacts. */
export const placing = { giveStatus, replaceStatus, giveBackStatuses, replaceStages, giveBackStages };
