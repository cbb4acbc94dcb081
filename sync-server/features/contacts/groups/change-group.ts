import { and, eq, sql } from 'drizzle-orm';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type * as operations from '../../../../shared/contacts/group-operations.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { contactGroups, type GroupRow } from './group-table.ts';

export const groupNotFound = () =>
  new AppError('not_found', 'This group does not exist any more. Nothing was changed.');
const idTaken = () => new AppError('conflict', 'A group with this id exists already. Nothing was changed.');

export const createGroup: Verb<typeof operations.createGroup> = async (act, { id: givenId, ...given }) => {
  const { tx, tenantId, now } = act;
  const id = givenId ?? act.newId();
  const [made] = await tx
    .insert(contactGroups)
    .values({ ...given, id, tenantId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: contactGroups.id });
  if (!made) throw idTaken();
  act.audit({
    action: 'groups.create',
    entity: 'group',
    entityId: id,
    after: given,
    undo: { name: 'groups.delete', input: { id } },
  });
  return { id };
};

export const updateGroup: Verb<typeof operations.updateGroup> = async (act, { id, ...sent }) => {
  const row = await lockGroup(act, id);
  const before = { name: row.name, description: row.description };
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  await act.tx
    .update(contactGroups)
    .set({ ...sent, updatedAt })
    .where(eq(contactGroups.id, id));
  act.audit({
    action: 'groups.update',
    entity: 'group',
    entityId: id,
    before,
    after: sent,
    undo: { name: 'groups.update', input: { id, ...before } },
    at: updatedAt,
  });
  return { id };
};

/** Who was in it goes to the trash with the act, however many they are. */
export const deleteGroup: Verb<typeof operations.deleteGroup> = async (act, { id }) => {
  const { tx, tenantId, now } = act;
  const group = await lockGroup(act, id);
  const actId = act.newId();
  const { rowCount } = await tx.execute(sql`
    insert into trash (tenant_id, act_id, contact_id, table_name, row, deleted_at)
    select m.tenant_id, ${actId}::uuid, m.contact_id, 'group_members', to_jsonb(m), ${new Date(now).toISOString()}::timestamptz
    from group_members m where m.tenant_id = ${tenantId} and m.group_id = ${id}`);
  await tx.delete(contactGroups).where(eq(contactGroups.id, id));
  act.audit({
    id: actId,
    action: 'groups.delete',
    entity: 'group',
    entityId: id,
    before: { name: group.name, members: rowCount ?? 0 },
    undo: { name: 'groups.putBack', input: { actId, group } },
  });
  return { id };
};

/** The group as it was, with its members that are contacts still. */
export async function putBackGroup(act: Act, { actId, group }: { actId: string; group: GroupRow }): Promise<void> {
  const { tx, tenantId, now } = act;
  const [made] = await tx
    .insert(contactGroups)
    .values({ ...group, tenantId, updatedAt: now })
    .onConflictDoNothing()
    .returning();
  if (!made) throw idTaken();
  const { rowCount } = await tx.execute(sql`
    insert into group_members (id, tenant_id, contact_id, group_id, created_at)
    select (k.row ->> 'id')::uuid, k.tenant_id, k.contact_id, ${group.id}::uuid, (k.row ->> 'created_at')::timestamptz
    from trash k join contacts c on c.id = k.contact_id and c.tenant_id = k.tenant_id
    where k.tenant_id = ${tenantId} and k.act_id = ${actId} and k.table_name = 'group_members'
    on conflict do nothing`);
  await tx.execute(sql`delete from trash where tenant_id = ${tenantId} and act_id = ${actId}`);
  act.audit({
    action: 'groups.create',
    entity: 'group',
    entityId: group.id,
    after: { name: group.name, members: rowCount ?? 0 },
    undo: { name: 'groups.delete', input: { id: group.id } },
  });
}

async function lockGroup({ tx, tenantId }: Act, id: string): Promise<GroupRow> {
  const [row] = await tx
    .select()
    .from(contactGroups)
    .where(and(eq(contactGroups.tenantId, tenantId), eq(contactGroups.id, id)))
    .for('update');
  if (!row) throw groupNotFound();
  return row;
}
