import { sql } from 'drizzle-orm';
import { groupMemberIdOf } from '../../../../shared/contacts/group-operations.ts';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type { Act } from '../../../db/act.ts';

/** Puts contacts of the act's tenant into groups by name. Those that do not exist are made, so a name means one group. */
export async function joinGroups(act: Act, members: readonly { contactId: string; group: string }[]): Promise<void> {
  if (!members.length) return;
  const { tx, tenantId, now } = act;
  const at = new Date(now).toISOString();
  const ids = await takeGroups(act, new Map(members.map(({ group }) => [toSearchText(group), group])));
  const rows = members.map(({ contactId, group }) => {
    const groupId = must(ids.get(toSearchText(group)), 'group of the name');
    return { id: groupMemberIdOf(contactId, groupId), contact_id: contactId, group_id: groupId };
  });
  await tx.execute(sql`
    insert into group_members (id, tenant_id, contact_id, group_id, created_at)
    select id, ${tenantId}::uuid, contact_id, group_id, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, contact_id uuid, group_id uuid)
    on conflict do nothing`);
}

async function takeGroups({ tx, tenantId, now, newId, audit }: Act, names: ReadonlyMap<string, string>) {
  // Two imports at a time would both make it.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`groups by name ${tenantId}`}, 0))`);
  const known = await tx.execute<{ id: string; name: string }>(
    sql`select id, name from contact_groups where tenant_id = ${tenantId} order by created_at desc, id desc for key share`,
  );
  const ids = new Map(known.rows.map(({ id, name }) => [toSearchText(name), id]));
  const at = new Date(now).toISOString();
  for (const [key, name] of names) {
    if (ids.has(key)) continue;
    const id: string = newId();
    ids.set(key, id);
    // oxlint-disable-next-line no-await-in-loop -- a file names a handful
    await tx.execute(sql`
      insert into contact_groups (id, tenant_id, name, created_at, updated_at)
      values (${id}, ${tenantId}, ${name}, ${at}::timestamptz, ${at}::timestamptz)`);
    audit({ action: 'groups.create', entity: 'group', entityId: id, after: { name } });
  }
  return ids;
}
