import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Perform } from '../../../db/act.ts';
import type { Pool } from '../../../db/pool.ts';
import { hashToken } from './issue-session.ts';
import { endSessions } from './end-sessions.ts';
import { refreshTokens } from './refresh-token-table.ts';

/** Ends the sessions of the token's person and device, and says whose. An unknown token is signed out already. */
export async function signOut(
  pool: Pool,
  perform: Perform,
  refreshToken: string,
): Promise<{ userId: string; deviceId: string } | null> {
  const [token] = await drizzle(pool)
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashToken(refreshToken)));
  if (!token) return null;
  const { tenantId, userId, deviceId } = token;
  await perform({ tenantId, userId, deviceId, role: 'VIEWER' }, async (act) => {
    await endSessions(act, userId, { on: deviceId });
    act.audit({ action: 'auth.signOut', entity: 'user', entityId: userId });
  });
  return { userId, deviceId };
}
