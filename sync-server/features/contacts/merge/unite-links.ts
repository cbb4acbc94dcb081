import { sql } from 'drizzle-orm';
import { idFromParts } from '../../../../shared/kernel/ids.ts';
import type { Act } from '../../../db/act.ts';
import type { Links } from './contact-merge-table.ts';

const LINKS = [
  ['contact_tags', 'tag_id'],
  ['group_members', 'group_id'],
] as const;

type Link = Record<string, unknown> & { id: string };
type GivenLinks = Record<(typeof LINKS)[number][0], string[]>;

/** Gives the kept contact the tags and groups of the other. Answers those of the other as they are, and the ids of the new links. */
export async function uniteLinks(act: Act, fromId: string, toId: string): Promise<{ links: Links; given: GivenLinks }> {
  const { tx, tenantId, now } = act;
  const links: Links = { contact_tags: [], group_members: [] };
  const given: GivenLinks = { contact_tags: [], group_members: [] };
  for (const [table, column] of LINKS) {
    const { rows } = await tx.execute<{ row: Link }>(
      sql`select to_jsonb(l) as row from ${sql.identifier(table)} l where tenant_id = ${tenantId} and contact_id = ${fromId}`,
    );
    links[table] = rows.map(({ row }) => row);
    const made = rows.map(({ row }) => ({
      ...row,
      id: idFromParts(toId, String(row[column])),
      contact_id: toId,
      created_at: new Date(now).toISOString(),
    }));
    const added = await tx.execute<{ id: string }>(sql`
      insert into ${sql.identifier(table)}
      select r.* from jsonb_populate_recordset(null::${sql.identifier(table)}, ${JSON.stringify(made)}::jsonb) r
      on conflict do nothing returning id`);
    given[table] = added.rows.map(({ id }) => id);
  }
  return { links, given };
}

/** Takes from the kept contact the links that are still the merge's, and gives the other its own again. */
export async function divideLinks(act: Act, links: Links | null, given: GivenLinks | null, at: number): Promise<void> {
  const { tx, tenantId } = act;
  for (const [table, column] of LINKS) {
    await tx.execute(sql`
      delete from ${sql.identifier(table)} where tenant_id = ${tenantId} and created_at = ${new Date(at).toISOString()}::timestamptz
        and id::text in (select jsonb_array_elements_text(${JSON.stringify(given?.[table] ?? [])}::jsonb))`);
    // A tag or group that is gone meanwhile does not come back.
    const isThere =
      table === 'contact_tags'
        ? sql`exists (select from tags t where t.id = r.tag_id)`
        : sql`(exists (select from contact_groups g where g.id = r.group_id) or exists (select from segments g where g.id = r.group_id))`;
    await tx.execute(sql`
      insert into ${sql.identifier(table)}
      select r.* from jsonb_populate_recordset(null::${sql.identifier(table)}, ${JSON.stringify(links?.[table] ?? [])}::jsonb) r
      where ${isThere} and r.${sql.identifier(column)} is not null on conflict do nothing`);
  }
}
