import { and, asc, eq, gt } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import { apiTokens } from './token-table.ts';

/**
 * Service tokens are the workspace's: what runs on them does not stop because somebody left. But nobody may answer for them any more,
 * so administrators are told, and the list shows whose they were.
 */
export async function tellOutlived(act: Act, userId: string, why: 'deactivated' | 'role'): Promise<void> {
  const { tx, tenantId, now } = act;
  const ofThem = and(eq(apiTokens.tenantId, tenantId), eq(apiTokens.userId, userId), eq(apiTokens.kind, 'service'));
  const tokens = await tx
    .select({ id: apiTokens.id, name: apiTokens.name })
    .from(apiTokens)
    .where(and(ofThem, gt(apiTokens.expiresAt, now)))
    .orderBy(asc(apiTokens.createdAt), asc(apiTokens.id));
  if (!tokens.length) return;
  for (const { id, name } of tokens)
    act.audit({ action: 'tokens.outliveMaker', entity: 'token', entityId: id, after: { name, makerId: userId, why } });
  await act.publish({ type: 'tokens.outlived', makerId: userId, why, names: tokens.map(({ name }) => name) });
}
