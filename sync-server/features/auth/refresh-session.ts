import { and, eq, isNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Session } from '../../../shared/auth/auth-requests.ts';
import type { Act, Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import { devices } from './device-table.ts';
import { findIdentity, hashToken, issueSession } from './issue-session.ts';
import { sessionOver, type SessionEnd } from './live-session.ts';
import { refreshTokens } from './refresh-token-table.ts';

type Outcome = { session: Session } | { refused: SessionEnd };

/**
 * Trades a refresh token for a new session. A token that was used before has been copied: every session of that person
 * on that device ends, whoever holds it.
 */
export async function refreshSession(
  pool: Pool,
  perform: Perform,
  secret: Uint8Array,
  refreshToken: string,
): Promise<Session> {
  const [token] = await drizzle(pool)
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashToken(refreshToken)));
  if (!token) throw sessionOver('invalid');
  const { tenantId, userId, deviceId } = token;
  const outcome = await perform({ tenantId, userId, deviceId, role: 'VIEWER' }, async (act): Promise<Outcome> => {
    const identity = await findIdentity(act.tx, userId);
    if (!identity?.active) return { refused: 'removed' };
    if (token.endedAt !== null) return { refused: 'ended' };
    // Only one of two simultaneous uses finds the token unused.
    const taken = await act.tx
      .update(refreshTokens)
      .set({ usedAt: act.now })
      .where(and(eq(refreshTokens.id, token.id), isNull(refreshTokens.usedAt), isNull(refreshTokens.endedAt)))
      .returning({ id: refreshTokens.id });
    if (!taken.length) {
      await endSessions(act);
      await act.audit({ action: 'auth.refreshTokenReused', entity: 'device', entityId: deviceId });
      return { refused: 'reused' };
    }
    if (token.expiresAt <= act.now) return { refused: 'expired' };
    await act.tx
      .update(devices)
      .set({ lastSeenAt: act.now })
      .where(and(eq(devices.userId, userId), eq(devices.id, deviceId)));
    return { session: await issueSession(act, secret) };
  });
  if ('session' in outcome) return outcome.session;
  throw sessionOver(outcome.refused);
}

/** Ends every session of the person of the act on the device of the act. */
export async function endSessions({ tx, userId, deviceId, now }: Act): Promise<void> {
  if (userId === null || deviceId === null) return;
  await tx
    .update(refreshTokens)
    .set({ endedAt: now })
    .where(and(eq(refreshTokens.userId, userId), eq(refreshTokens.deviceId, deviceId), isNull(refreshTokens.endedAt)));
}
