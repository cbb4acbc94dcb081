import { sql, type SQL } from 'drizzle-orm';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import type { Tx } from '../../../db/tx.ts';

/** The contact that one of this id went into, by a merge or because two devices made the same person. Null for any other id. */
export async function findKeptId(tx: Tx, tenantId: string, id: string): Promise<string | null> {
  return (await findKeptIds(tx, tenantId, [id])).get(id.toLowerCase()) ?? null;
}

/** The same for many: merged id → kept id. */
export async function findKeptIds(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.execute<{ merged: string; kept: string }>(sql`
    select distinct on (merged_id) merged_id as merged, kept_id as kept from contact_merges
    where tenant_id = ${tenantId} and merged_id = any(${sql.param([...ids])}::uuid[]) and undone_at is null
    order by merged_id, at desc`);
  return new Map(rows.map(({ merged, kept }) => [merged, kept]));
}

/** A contact may be merged on and on while we wait for it; each time we know where to. */
export const MOST_MERGES = 10;

/** What `find` finds of this id or, where the contact was merged, of the one that was kept. */
export async function followMerges<Found>(
  tx: Tx,
  tenantId: string,
  id: string,
  find: (id: string) => Promise<Found | null>,
): Promise<Found | null> {
  let found = await find(id);
  for (let tries = 0; found === null && tries < MOST_MERGES; tries++) {
    const keptId = await findKeptId(tx, tenantId, id);
    if (keptId === null) return null;
    found = await find(keptId);
  }
  return found;
}

/** The contact into which somebody with this phone number was merged, the last one where several were. Null where there is none. */
export async function findMergedByPhone(tx: Tx, tenantId: string, phone: string): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select kept_id as id from contact_merges
    where tenant_id = ${tenantId} and merged ->> 'phone' = ${phone} and undone_at is null order by at desc limit 1`);
  return rows[0]?.id ?? null;
}

/** The conversation that one of this id went into when its contact was merged. Null for any other id. */
export async function findKeptConversationId(tx: Tx, tenantId: string, id: string): Promise<string | null> {
  const { rows } = await tx.execute<{ kept: string; channel: string }>(sql`
    select m.kept_id as kept, c ->> 'channel' as channel from contact_merges m, jsonb_array_elements(m.conversations) c
    where m.tenant_id = ${tenantId} and m.undone_at is null and c ->> 'id' = ${id.toLowerCase()}
    order by m.at desc limit 1`);
  const [found] = rows;
  return found ? conversationIdOf(found.kept, found.channel) : null;
}

/** Whether a row of history, by the alias the statement gives it, was always the contact's own: a merge did not bring it along. */
export const isOwnHistory = (row: string): SQL => sql`not exists (
  select from contact_merges m where ${broughtAlong('m', row)})`;

/** That the merge brought the row of history along. */
export const broughtAlong = (merge: string, row: string): SQL =>
  sql.raw(
    `${merge}.kept_id = ${row}.contact_id and ${merge}.undone_at is null and ${merge}.moved -> 'contact_changes' @> to_jsonb(${row}.id::text)`,
  );
