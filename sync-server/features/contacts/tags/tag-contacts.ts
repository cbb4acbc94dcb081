import { sql } from 'drizzle-orm';
import { contactTagIdOf, tagIdOf } from '../../../../shared/contacts/tag.ts';
import type { Act } from '../../../db/act.ts';
import { tags as tagTable } from './tag-table.ts';

export type TagLink = { contactId: string; tag: string };

/** Gives contacts of the act's tenant tags; tags that do not exist are made. Answers the ids of the links that are new. */
export const tagContacts = (act: Act, contactIds: readonly string[], tags: readonly string[]): Promise<string[]> =>
  linkTags(
    act,
    contactIds.flatMap((contactId) => tags.map((tag) => ({ contactId, tag }))),
  );

/** The same for any set of links. The contacts must be known to belong to the tenant. */
export async function linkTags({ tx, tenantId, now }: Act, links: readonly TagLink[]): Promise<string[]> {
  if (!links.length) return [];
  const tagIds = new Map<string, string>();
  const named = new Map<string, string>();
  for (const { tag } of links) {
    const known = tagIds.get(tag) ?? tagIdOf(tenantId, tag);
    tagIds.set(tag, known);
    if (!named.has(known)) named.set(known, tag);
  }
  await tx
    .insert(tagTable)
    .values(
      [...named].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, name]) => ({ id, name, tenantId, createdAt: now })),
    )
    .onConflictDoNothing();
  const rows = links.map(({ contactId, tag }) => {
    const tagId = tagIds.get(tag) ?? '';
    return { id: contactTagIdOf(contactId, tagId), contact_id: contactId, tag_id: tagId };
  });
  const { rows: linked } = await tx.execute<{ id: string }>(sql`
    insert into contact_tags (id, tenant_id, contact_id, tag_id, created_at)
    select id, ${tenantId}::uuid, contact_id, tag_id, ${new Date(now).toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, contact_id uuid, tag_id uuid)
    on conflict do nothing
    returning id`);
  return linked.map(({ id }) => id);
}
