import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/tx.ts';
import { users } from './user-table.ts';

/** Which of these people are active members of the tenant. */
export async function findMembers(tx: Tx, tenantId: string, userIds: readonly string[]): Promise<Set<string>> {
  if (!userIds.length) return new Set();
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenantId, tenantId), eq(users.active, true), inArray(users.id, [...userIds])));
  return new Set(rows.map(({ id }) => id));
}
