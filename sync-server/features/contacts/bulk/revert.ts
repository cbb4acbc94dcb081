import { sql, type SQL } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAtSql } from '../../../db/row-clock.ts';
import { isOwnHistory } from '../merge/alias-read-model.ts';

type Reverted = { column: SQL; set: SQL; mayBe?: SQL };

/** What bulk acts change, by field, and how history's JSON becomes the column again. */
const FIELDS: Readonly<Record<string, Reverted>> = {
  leadStatus: {
    column: sql`c.lead_status`,
    set: sql`lead_status = v.before #>> '{}'`,
    mayBe: sql`exists (select from lead_statuses l where l.tenant_id = c.tenant_id and l.key = v.before #>> '{}')`,
  },
  leadScore: { column: sql`c.lead_score`, set: sql`lead_score = (v.before #>> '{}')::int` },
  ownerId: {
    column: sql`c.owner_id`,
    set: sql`owner_id = (v.before #>> '{}')::uuid`,
    mayBe: sql`exists (select from users u where u.tenant_id = c.tenant_id and u.id = (v.before #>> '{}')::uuid)`,
  },
  stageId: {
    column: sql`c.stage_id`,
    set: sql`stage_id = (v.before #>> '{}')::uuid,
      pipeline_id = (select g.pipeline_id from stages g where g.id = (v.before #>> '{}')::uuid)`,
    mayBe: sql`exists (select from stages g where g.tenant_id = c.tenant_id and g.id = (v.before #>> '{}')::uuid)`,
  },
};

/**
 * Gives every contact of a bulk act back what history says it had before, where it still is what the act made it: what somebody changed
 * since stays, and so does what cannot be had any more (a stage that is gone). Of a contact that was merged meanwhile nothing is given to the
 * kept one, which the act did not change. Itself an act on as many contacts, taken back alike.
 */
export async function revertContacts(act: Act, { actId }: { actId: string }): Promise<void> {
  const { rows } = await act.tx.execute<{ field: string }>(sql`
    select distinct field from contact_changes where act_id = ${actId} and tenant_id = ${act.tenantId}`);
  const newActId = act.newId();
  const changed = new Set<string>();
  await act.inHistory({ actId: newActId, cause: { kind: 'undo', id: actId } }, async () => {
    for (const { field } of rows) {
      const reverted = FIELDS[field];
      if (reverted) for (const id of await revertField(act, actId, field, reverted)) changed.add(id);
    }
  });
  const [only] = changed;
  act.audit({
    id: newActId,
    action: 'contacts.revert',
    entity: 'contact',
    entityId: changed.size === 1 ? (only ?? null) : null,
    after: { fields: rows.map(({ field }) => field) },
    records: changed.size,
    undo: changed.size ? { name: 'contacts.revert', input: { actId: newActId } } : null,
  });
}

/** Each contact from before the first change of the field in the act, automations that followed it included; none where it was changed again. */
async function revertField(
  act: Act,
  actId: string,
  field: string,
  { column, set, mayBe }: Reverted,
): Promise<string[]> {
  const { tx, tenantId, now } = act;
  await tx.execute(sql`
    select c.id from contacts c where c.tenant_id = ${tenantId}
      and c.id in (select contact_id from contact_changes where act_id = ${actId} and field = ${field})
    order by c.id for no key update`);
  const { rows } = await tx.execute<{ id: string }>(sql`
    update contacts c set ${set}, updated_at = ${nextUpdatedAtSql(now, sql`c.updated_at`)}
    from (
      select contact_id, (array_agg(before order by id))[1] as before, (array_agg(after order by id desc))[1] as after
      from contact_changes h where act_id = ${actId} and field = ${field} and ${isOwnHistory('h')} group by contact_id
    ) v
    where c.id = v.contact_id and c.tenant_id = ${tenantId}
      and to_jsonb(${column}) is not distinct from v.after
      and (v.before is null ${mayBe ? sql`or ${mayBe}` : sql`or true`})
    returning c.id`);
  return rows.map(({ id }) => id);
}
