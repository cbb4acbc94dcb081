import { and, eq, inArray, sql } from 'drizzle-orm';
import { groupMemberIdOf } from '../../../../shared/contacts/group-operations.ts';
import type * as operations from '../../../../shared/contacts/group-operations.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { ownContacts } from '../tags/own-contacts.ts';
import { groupNotFound } from './change-group.ts';
import { groupMembers } from './group-member-table.ts';

/** Contacts that were deleted in the meantime are passed over; when none is left the act is refused. */
export const addToGroup: Verb<typeof operations.addToGroup> = async (act, { groupId, contactIds }) => {
  await holdGroup(act, groupId);
  const ids = await ownContacts(act, contactIds);
  const added = await join(act, groupId, ids);
  act.audit({
    action: 'contacts.addToGroup',
    entity: 'contact',
    entityId: ids.length === 1 ? (ids[0] ?? null) : null,
    after: { groupId, contactIds: ids },
    records: ids.length,
    // Who was in it before stays in it.
    undo: added.length ? { name: 'contacts.removeFromGroup', input: { groupId, contactIds: added } } : null,
  });
  return { changed: added.length };
};

export const removeFromGroup: Verb<typeof operations.removeFromGroup> = async (act, { groupId, contactIds }) => {
  await holdGroup(act, groupId);
  const ids = await ownContacts(act, contactIds);
  const gone = await act.tx
    .delete(groupMembers)
    .where(
      and(
        eq(groupMembers.tenantId, act.tenantId),
        eq(groupMembers.groupId, groupId),
        inArray(groupMembers.contactId, ids),
      ),
    )
    .returning({ contactId: groupMembers.contactId });
  const left = gone.map(({ contactId }) => contactId);
  act.audit({
    action: 'contacts.removeFromGroup',
    entity: 'contact',
    entityId: ids.length === 1 ? (ids[0] ?? null) : null,
    before: { groupId, contactIds: ids },
    records: ids.length,
    undo: left.length ? { name: 'contacts.addToGroup', input: { groupId, contactIds: left } } : null,
  });
  return { changed: left.length };
};

/** A group or a static segment of the tenant, kept from deletion until the act is done. */
async function holdGroup({ tx, tenantId }: Act, id: string): Promise<void> {
  const groups = await tx.execute(
    sql`select from contact_groups where tenant_id = ${tenantId} and id = ${id} for key share`,
  );
  if (groups.rowCount) return;
  const segments = await tx.execute(
    sql`select from segments where tenant_id = ${tenantId} and id = ${id} and kind = 'static' for key share`,
  );
  if (!segments.rowCount) throw groupNotFound();
}

async function join({ tx, tenantId, now }: Act, groupId: string, contactIds: readonly string[]): Promise<string[]> {
  const rows = contactIds.map((contactId) => ({ id: groupMemberIdOf(contactId, groupId), contact_id: contactId }));
  const { rows: added } = await tx.execute<{ contact: string }>(sql`
    insert into group_members (id, tenant_id, contact_id, group_id, created_at)
    select r.id, ${tenantId}::uuid, r.contact_id, ${groupId}::uuid, ${new Date(now).toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, contact_id uuid)
    on conflict do nothing returning contact_id as contact`);
  return added.map(({ contact }) => contact);
}
