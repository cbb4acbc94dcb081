import { sql } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';

/**
 * Deletes up to `limit` contacts that an import made and nobody has touched since: not edited, and without notes,
 * conversations or tags given after `until`, when the import last moved. 0 means that all that are left are to stay.
 */
export async function deleteUntouched(
  { tx, tenantId }: Act,
  { importId, until, limit }: { importId: string; until: number; limit: number },
): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from contacts where id in (
      select c.id from contacts c
      where c.import_id = ${importId} and c.tenant_id = ${tenantId} and c.updated_at = c.created_at
        and not exists (select from notes n where n.contact_id = c.id)
        and not exists (select from conversations v where v.contact_id = c.id)
        and not exists (select from contact_visits v where v.contact_id = c.id)
        and not exists (select from contact_merges m where m.kept_id = c.id)
        and not exists (select from group_members g
          where g.contact_id = c.id and g.created_at > ${new Date(until).toISOString()}::timestamptz)
        and not exists (select from contact_tags t
          where t.contact_id = c.id and t.created_at > ${new Date(until).toISOString()}::timestamptz)
      limit ${limit} for update)`);
  return rowCount ?? 0;
}

export async function countImported({ tx, tenantId }: Act, importId: string): Promise<number> {
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from contacts where import_id = ${importId} and tenant_id = ${tenantId}`,
  );
  return rows[0]?.n ?? 0;
}
