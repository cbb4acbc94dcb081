import { sql, type SQL } from 'drizzle-orm';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { Act } from './act.ts';

/** What hangs on a contact and goes with it, in the order in which it can be put back: table → the column that names the contact. */
const OF_CONTACT = [
  ['contacts', 'id'],
  ['contact_tags', 'contact_id'],
  ['group_members', 'contact_id'],
  ['notes', 'contact_id'],
  ['conversations', 'contact_id'],
  ['messages', 'contact_id'],
  ['tasks', 'contact_id'],
  ['contact_changes', 'contact_id'],
  ['consents', 'contact_id'],
  ['contact_visits', 'contact_id'],
  ['contact_merges', 'kept_id'],
  ['status_firings', 'contact_id'],
  ['not_duplicates', 'a'],
  ['not_duplicates', 'b'],
] as const;

type TrashTable = (typeof OF_CONTACT)[number][0];

const without = (column: string, isThere: SQL) =>
  sql`case when ${isThere} then '{}' else jsonb_build_object(${sql.raw(column)}, null) end`;

/** What a row names may be gone meanwhile: a contact loses its stage, page or status, and a task outlives its conversation. */
const ROW_AS_IT_CAN_BE: Partial<Record<TrashTable, SQL>> = {
  contacts: sql`k.row
    || ${without(`'stage_id', null, 'pipeline_id'`, sql`exists (select from stages s where s.id = (k.row ->> 'stage_id')::uuid)`)}
    || ${without(`'facebook_page_id'`, sql`exists (select from facebook_pages p where p.id = (k.row ->> 'facebook_page_id')::uuid)`)}
    || ${without(`'lead_status', null, 'status_entered_at'`, sql`exists (select from lead_statuses l where l.tenant_id = k.tenant_id and l.key = k.row ->> 'lead_status')`)}`,
  tasks: sql`k.row || ${without(`'conversation_id'`, sql`exists (select from conversations v where v.id = (k.row ->> 'conversation_id')::uuid)`)}`,
};

const MAY_COME_BACK: Partial<Record<TrashTable, SQL>> = {
  not_duplicates: sql`exists (select from contacts c where c.id = r.a) and exists (select from contacts c where c.id = r.b)`,
  messages: sql`exists (select from conversations v where v.id = r.conversation_id)`,
  contact_tags: sql`exists (select from tags t where t.id = r.tag_id)`,
  group_members: sql`(exists (select from contact_groups g where g.id = r.group_id) or exists (select from segments g where g.id = r.group_id))`,
};

/** What is deleted by itself too: its contact may have been merged by when it comes back. */
const ALONE: ReadonlySet<TrashTable> = new Set<TrashTable>(['notes', 'tasks']);

/** Whose contact is another name of one that was kept comes back to that one. */
const KEPT_INSTEAD = sql`cross join lateral (
  select coalesce((
    select jsonb_build_object('contact_id', m.kept_id) from contact_merges m
    where m.tenant_id = k.tenant_id and m.merged_id = k.contact_id and m.undone_at is null
      and not exists (select from contacts c where c.id = k.contact_id)
    order by m.at desc limit 1), '{}') as kept) a`;

/** Keeps contacts with all that hangs on them, before they are deleted in the act of this id. */
export async function keepContacts(
  { tx, tenantId, now }: Act,
  actId: string,
  contactIds: readonly string[],
): Promise<void> {
  const at = new Date(now).toISOString();
  for (const [table, column] of OF_CONTACT)
    await tx.execute(sql`
      insert into trash (tenant_id, act_id, contact_id, table_name, row, deleted_at)
      select ${tenantId}::uuid, ${actId}::uuid, t.${sql.identifier(column)}, ${table}, to_jsonb(t), ${at}::timestamptz
      from ${sql.identifier(table)} t
      where t.tenant_id = ${tenantId} and t.${sql.identifier(column)} = any(${sql.param([...contactIds])}::uuid[])`);
}

/** Keeps single rows, before they are deleted in the act of this id. */
export async function keepRows(
  { tx, tenantId, now }: Act,
  actId: string,
  table: TrashTable,
  ids: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    insert into trash (tenant_id, act_id, contact_id, table_name, row, deleted_at)
    select ${tenantId}::uuid, ${actId}::uuid, (to_jsonb(t) ->> 'contact_id')::uuid, ${table}, to_jsonb(t),
      ${new Date(now).toISOString()}::timestamptz
    from ${sql.identifier(table)} t where t.tenant_id = ${tenantId} and t.id = any(${sql.param([...ids])}::uuid[])`);
}

/**
 * Puts back what the act of this id deleted, as it was. Rows whose place is taken or whose parent is gone do not
 * come back, and are kept no longer: an act is taken back once. Answers how many came back, per table.
 */
export async function putBack(act: Act, actId: string): Promise<Record<string, number>> {
  const { tx, tenantId } = act;
  const counts: Record<string, number> = {};
  // That rows come back is no change of anybody.
  await tx.execute(sql`select set_config('switchboard.history', 'off', true)`);
  for (const [table, column] of OF_CONTACT) {
    const child = column !== 'id';
    const row = ROW_AS_IT_CAN_BE[table] ?? sql`k.row`;
    const { rows } = await tx.execute<{ id: string }>(sql`
      insert into ${sql.identifier(table)}
      select r.* from trash k ${ALONE.has(table) ? KEPT_INSTEAD : sql``},
        jsonb_populate_record(null::${sql.identifier(table)}, ${row} ${ALONE.has(table) ? sql`|| a.kept` : sql``}) r
      where k.tenant_id = ${tenantId} and k.act_id = ${actId} and k.table_name = ${table}
        ${child ? sql`and (r.${sql.identifier(column)} is null or exists (select from contacts c where c.id = r.${sql.identifier(column)} and c.tenant_id = ${tenantId}))` : sql``}
        ${MAY_COME_BACK[table] ? sql`and ${MAY_COME_BACK[table]}` : sql``}
      on conflict do nothing returning id`);
    if (rows.length) counts[table] = (counts[table] ?? 0) + rows.length;
    // What is to be known of whoever is added is to be known of them again.
    if (table === 'contacts' && rows.length)
      await act.publish({ type: 'contacts.added', contactIds: rows.map(({ id }) => id) });
  }
  await tx.execute(sql`select set_config('switchboard.history', '', true)`);
  await tx.execute(sql`delete from trash where tenant_id = ${tenantId} and act_id = ${actId}`);
  return counts;
}

/** `putBack` as the inverse of a deletion; the deletion it makes undone can be done again by hand. */
export async function putBackDeleted(act: Act, { actId }: { actId: string }): Promise<void> {
  const restored = await putBack(act, actId);
  const n = Object.values(restored).reduce((sum, count) => sum + count, 0);
  if (n === 0) throw new AppError('not_allowed_now', 'What was deleted is not kept any more. Nothing was changed.');
  act.audit({
    action: 'trash.putBack',
    entity: 'act',
    entityId: actId,
    after: restored,
    records: restored['contacts'] ?? n,
  });
}
