import { eq, sql } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import { nextUpdatedAt } from '../../db/row-clock.ts';
import { dropMembers, keepMembers } from './segment-store.ts';
import { segments } from './segment-table.ts';

type Kept = { actId: string; row: typeof segments.$inferSelect };

/** A segment as it was before it was deleted or changed, with those of its members who are still there. */
export async function putBackSegment(act: Act, { actId, row }: Kept): Promise<void> {
  const { tx, tenantId } = act;
  const { id } = row;
  const ownActId = act.newId();
  const { rows } = await tx.execute(sql`select from segments where tenant_id = ${tenantId} and id = ${id} for update`);
  const [now] = rows.length > 0 ? await tx.select().from(segments).where(eq(segments.id, id)) : [];
  const updatedAt = nextUpdatedAt(act.now, now?.updatedAt ?? row.updatedAt);
  if (now) {
    await keepMembers(act, ownActId, id);
    await dropMembers(act, id);
    await tx
      .update(segments)
      .set({ ...row, tenantId, updatedAt })
      .where(eq(segments.id, id));
  } else await tx.insert(segments).values({ ...row, tenantId, updatedAt });
  await tx.execute(sql`
    insert into group_members
    select r.* from trash k, jsonb_populate_record(null::group_members, k.row) r
    where k.tenant_id = ${tenantId} and k.act_id = ${actId} and k.table_name = 'group_members'
      and exists (select from contacts c where c.id = r.contact_id and c.tenant_id = ${tenantId})
    on conflict do nothing`);
  await tx.execute(
    sql`delete from trash where tenant_id = ${tenantId} and act_id = ${actId} and table_name = 'group_members'`,
  );
  const { name, description, kind, rule } = row;
  act.audit({
    id: ownActId,
    action: now ? 'segments.update' : 'segments.create',
    entity: 'segment',
    entityId: id,
    after: { name, description, kind, rule },
    undo: now
      ? { name: 'segments.putBack', input: { actId: ownActId, row: now } }
      : { name: 'segments.delete', input: { id } },
    at: updatedAt,
  });
}
