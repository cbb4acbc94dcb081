import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool } from '../../db/pool.ts';
import { tenants } from './tenant-table.ts';

/** For how many days this tenant lets messages be replicated to desktops; null is for ever. */
export async function findMessageDays(pool: Pool, tenantId: string): Promise<number | null> {
  const [row] = await drizzle(pool).select({ days: tenants.messageDays }).from(tenants).where(eq(tenants.id, tenantId));
  return row?.days ?? null;
}
