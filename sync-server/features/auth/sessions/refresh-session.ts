import { and, eq, isNull } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Session } from '../../../../shared/auth/auth-requests.ts';
import type { Perform } from '../../../db/act.ts';
import type { Pool } from '../../../db/pool.ts';
import { devices } from '../device-table.ts';
import { endSessions } from './end-sessions.ts';
import { findIdentity, hashToken, issueSession } from './issue-session.ts';
import { sessionOver, type SessionEnd } from './live-session.ts';
import { lockSessions } from './lock-sessions.ts';
import { refreshTokens } from './refresh-token-table.ts';
import { seeDevice, type DeviceFacts } from '../register-device.ts';

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
  facts: Pick<DeviceFacts, 'platform' | 'appVersion'> = {},
): Promise<Session> {
  const [token] = await drizzle(pool)
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashToken(refreshToken)));
  if (!token) throw sessionOver('invalid');
  const { tenantId, userId, deviceId } = token;
  const outcome = await perform({ tenantId, userId, deviceId, role: 'VIEWER' }, async (act): Promise<Outcome> => {
    await lockSessions(act, userId);
    const [device] = await act.tx
      .select()
      .from(devices)
      .where(and(eq(devices.userId, userId), eq(devices.id, deviceId)));
    // Before all else: a device that was lost must hear it, whatever else is over.
    if (device && device.wipeAskedAt !== null && device.wipedAt === null) return { refused: 'wiped' };
    const identity = await findIdentity(act.tx, userId);
    if (!identity?.active) return { refused: 'removed' };
    if (token.endedAt !== null) return { refused: 'ended' };
    // The token is as good as it was: one that is set up on another computer lets this one go on.
    if (identity.needsFactor) return { refused: 'second_factor_needed' };
    // Only one of two simultaneous uses finds the token unused.
    const taken = await act.tx
      .update(refreshTokens)
      .set({ usedAt: act.now })
      .where(and(eq(refreshTokens.id, token.id), isNull(refreshTokens.usedAt), isNull(refreshTokens.endedAt)))
      .returning({ id: refreshTokens.id });
    if (!taken.length) {
      await endSessions(act, userId, { on: deviceId });
      act.audit({ action: 'auth.refreshTokenReused', entity: 'device', entityId: deviceId });
      return { refused: 'reused' };
    }
    if (token.expiresAt <= act.now) return { refused: 'expired' };
    await seeDevice(act, facts);
    return { session: await issueSession(act, secret) };
  });
  if ('session' in outcome) return outcome.session;
  throw sessionOver(outcome.refused);
}
