import { eq, inArray, sql, type SQL } from 'drizzle-orm';
import { collectPaths, type ExportedContact } from '../../../../shared/exports/contact-columns.ts';
import { NAMED_KINDS, namesOf, type FileNames, type NamedItem } from '../../../../shared/exports/export-names.ts';
import type { Act } from '../../../db/act.ts';
import { groupIds, tagNames, toContact } from '../contact-read-model.ts';
import { contacts } from '../contact-table.ts';
import { attributeDefinitions } from '../attributes/attribute-table.ts';

const PAGE = 1_000;

export async function readNames({ tx, tenantId, now }: Act): Promise<FileNames> {
  const { rows } = await tx.execute<NamedItem>(
    sql`select id, kind, body from workspace_items where tenant_id = ${tenantId} and kind = any(${sql.param([...NAMED_KINDS])}::text[])`,
  );
  return namesOf(rows, now);
}

/** The contacts that a condition means, by name; a page in memory at a time. */
export async function* contactPages({ tx }: Act, matches: SQL, names: FileNames): AsyncGenerator<ExportedContact[]> {
  const ids = sql`select id from contacts where ${matches} order by name_key, id`;
  for await (const rows of pagesOf<{ id: string }>(tx, ids)) {
    const found = await tx
      .select({ row: contacts, tags: tagNames, groups: groupIds })
      .from(contacts)
      .where(
        inArray(
          contacts.id,
          rows.map(({ id }) => id),
        ),
      );
    const byId = new Map(found.map(({ row, tags, groups }) => [row.id, toContact(row, tags, groups)]));
    yield rows.flatMap(({ id }) => {
      const contact = byId.get(id);
      if (!contact) return [];
      const groups = contact.groupIds.flatMap((group) => names.groups.get(group) ?? []).toSorted();
      return [{ ...contact, groups }];
    });
  }
}

/** The paths of the attributes that some of them have, those that are defined first and in their order. */
export async function attributePaths({ tx, tenantId }: Act, matches: SQL): Promise<string[]> {
  const found = new Set<string>();
  const all = sql`select attributes from contacts where ${matches} and attributes <> '{}'::jsonb`;
  for await (const rows of pagesOf<{ attributes: unknown }>(tx, all))
    for (const { attributes } of rows) collectPaths(attributes, found);
  const defined = await tx
    .select({ key: attributeDefinitions.key, place: attributeDefinitions.displayOrder })
    .from(attributeDefinitions)
    .where(eq(attributeDefinitions.tenantId, tenantId));
  const order = new Map(defined.map(({ key, place }) => [key, place]));
  const placeOf = (path: string) => order.get(path) ?? Number.MAX_SAFE_INTEGER;
  return [...found].toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
}

/** Rows of a statement, a page at a time. One such statement at once. */
async function* pagesOf<T extends Record<string, unknown>>(tx: Act['tx'], statement: SQL): AsyncGenerator<T[]> {
  await tx.execute(sql`declare exported no scroll cursor for ${statement}`);
  for (;;) {
    const { rows } = await tx.execute<T>(sql`fetch ${sql.raw(String(PAGE))} from exported`);
    if (rows.length === 0) break;
    yield rows as T[];
  }
  await tx.execute(sql`close exported`);
}
