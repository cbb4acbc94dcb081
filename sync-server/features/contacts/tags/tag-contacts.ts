import { sql, type SQL } from 'drizzle-orm';
import { contactTagIdOf, tagIdOf } from '../../../../shared/contacts/tag.ts';
import { must } from '../../../../shared/kernel/must.ts';
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
export async function linkTags(act: Act, links: readonly TagLink[]): Promise<string[]> {
  if (!links.length) return [];
  const { rows } = await insertLinks(act, prepareLinks(act, links), sql`on conflict do nothing returning id`);
  return rows.map(({ id }) => id);
}

/**
 * For contacts that begin in this act: what they begin with is no change of theirs, and none of it can be there already.
 * Cheaper by half, where they come by the thousand.
 */
export async function linkFirstTags(act: Act, prepared: PreparedLinks): Promise<void> {
  if (!prepared.linkIds.length) return;
  await act.tx.execute(sql`select set_config('switchboard.history', 'off', true)`);
  await insertLinks(act, prepared, sql``);
  await act.tx.execute(sql`select set_config('switchboard.history', '', true)`);
}

type PreparedLinks = { named: Map<string, string>; linkIds: string[]; contactIds: string[]; tagIds: string[] };

/** Their ids: the half of the work that the database need not wait for. */
export function prepareLinks({ tenantId }: Act, links: readonly TagLink[]): PreparedLinks {
  const known = new Map<string, string>();
  const named = new Map<string, string>();
  for (const { tag } of links) {
    if (known.has(tag)) continue;
    const id = tagIdOf(tenantId, tag);
    known.set(tag, id);
    if (!named.has(id)) named.set(id, tag);
  }
  const prepared: PreparedLinks = { named, linkIds: [], contactIds: [], tagIds: [] };
  const seen = new Set<string>();
  for (const { contactId, tag } of links) {
    const tagId = must(known.get(tag), 'id of the tag');
    const linkId = contactTagIdOf(contactId, tagId);
    // Two rows of a file that are one contact, or two spellings of a tag, may say it twice.
    if (seen.has(linkId)) continue;
    seen.add(linkId);
    prepared.linkIds.push(linkId);
    prepared.contactIds.push(contactId);
    prepared.tagIds.push(tagId);
  }
  return prepared;
}

async function insertLinks({ tx, tenantId, now }: Act, links: PreparedLinks, conclusion: SQL) {
  const byId = [...links.named].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await tx
    .insert(tagTable)
    .values(byId.map(([id, name]) => ({ id, name, tenantId, createdAt: now })))
    .onConflictDoNothing();
  const column = (values: string[]) => sql`${sql.param(values)}::uuid[]`;
  return tx.execute<{ id: string }>(sql`
    insert into contact_tags (id, tenant_id, contact_id, tag_id, created_at)
    select id, ${tenantId}::uuid, contact_id, tag_id, ${new Date(now).toISOString()}::timestamptz
    from unnest(${column(links.linkIds)}, ${column(links.contactIds)}, ${column(links.tagIds)}) as r(id, contact_id, tag_id)
    ${conclusion}`);
}
