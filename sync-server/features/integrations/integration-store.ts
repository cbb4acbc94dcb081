import { sql } from 'drizzle-orm';
import type { Health, IntegrationKey } from '../../ports/integration.ts';
import type { Tx } from '../../db/tx.ts';

export type Found = { key: IntegrationKey; name: string; health: Health };

/**
 * Keeps what was found for the administrators of a tenant, or of all of them. What is as it was stays untouched, with the time it was
 * found at: a look in the night makes no desktop fetch anything. `isAsked`: somebody looked, and sees that it is of now.
 */
export async function keepHealth(
  tx: Tx,
  { key, name, health }: Found,
  { tenantId, now, isAsked }: { tenantId: string | null; now: number; isAsked: boolean },
): Promise<void> {
  const body = JSON.stringify({ name, ...health, checkedAt: now });
  await tx.execute(sql`
    insert into admin_items (id, tenant_id, kind, body)
    select md5(t.id::text || ${`integration ${key}`})::uuid, t.id, 'integration', ${body}::jsonb
    from tenants t where ${tenantId}::uuid is null or t.id = ${tenantId}::uuid
    on conflict (id) do update set body = excluded.body
    where ${isAsked} or admin_items.body - 'checkedAt' is distinct from excluded.body - 'checkedAt'`);
}
