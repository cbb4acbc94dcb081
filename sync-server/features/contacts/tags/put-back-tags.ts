import { and, eq, inArray, sql } from 'drizzle-orm';
import { contactTagIdOf } from '../../../../shared/contacts/tag.ts';
import type { Act } from '../../../db/act.ts';
import { contactTags } from './contact-tag-table.ts';

/** Takes single tags off contacts again: what an act had added. */
export async function unlinkTags(act: Act, { linkIds }: { linkIds: string[] }): Promise<void> {
  const { tx, tenantId } = act;
  const gone = await tx
    .delete(contactTags)
    .where(and(eq(contactTags.tenantId, tenantId), inArray(contactTags.id, linkIds)))
    .returning({ contactId: contactTags.contactId, tagId: contactTags.tagId });
  act.audit({
    action: 'contacts.removeTags',
    entity: 'contact',
    entityId: null,
    before: { links: gone },
    records: gone.length,
    undo: { name: 'tags.link', input: { links: gone } },
  });
}

/** Gives contacts back single tags that an act had taken; contacts and tags that are gone stay gone. */
export async function relinkTags(
  act: Act,
  { links }: { links: { contactId: string; tagId: string }[] },
): Promise<void> {
  const { tx, tenantId, now } = act;
  const rows = links.map(({ contactId, tagId }) => ({
    id: contactTagIdOf(contactId, tagId),
    contact_id: contactId,
    tag_id: tagId,
  }));
  const { rows: linked } = await tx.execute<{ id: string }>(sql`
    insert into contact_tags (id, tenant_id, contact_id, tag_id, created_at)
    select r.id, ${tenantId}::uuid, r.contact_id, r.tag_id, ${new Date(now).toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, contact_id uuid, tag_id uuid)
    join contacts c on c.id = r.contact_id and c.tenant_id = ${tenantId}
    join tags t on t.id = r.tag_id and t.tenant_id = ${tenantId}
    on conflict do nothing returning contact_tags.id`);
  act.audit({
    action: 'contacts.addTags',
    entity: 'contact',
    entityId: null,
    after: { links },
    records: linked.length,
    undo: { name: 'tags.unlink', input: { linkIds: linked.map(({ id }) => id) } },
  });
}
