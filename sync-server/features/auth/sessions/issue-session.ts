import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Identity, Session } from '../../../../shared/auth/auth-requests.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type { Act } from '../../../db/act.ts';
import type { Tx } from '../../../db/tx.ts';
import { tenants } from '../../workspace/tenant-table.ts';
import { ACCESS_TOKEN_MS, signAccessToken } from './access-token.ts';
import { sessionOver } from './live-session.ts';
import { refreshTokens } from './refresh-token-table.ts';
import { users } from '../user-table.ts';

const REFRESH_TOKEN_MS = 90 * 24 * 3_600_000;

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The person with their team; null when they are deleted. */
export async function findIdentity(
  tx: Tx,
  userId: string,
): Promise<(Identity & { active: boolean; secondFactor: boolean; needsFactor: boolean }) | null> {
  const rows = await tx
    .select({
      userId: users.id,
      tenantId: users.tenantId,
      tenantName: tenants.name,
      country: tenants.country,
      name: users.name,
      email: users.email,
      role: users.role,
      active: users.active,
      secondFactor: users.secondFactor,
      required: tenants.secondFactorRequired,
    })
    .from(users)
    .innerJoin(tenants, eq(tenants.id, users.tenantId))
    .where(eq(users.id, userId));
  const [found] = rows;
  if (!found) return null;
  const { required, ...identity } = found;
  return { ...identity, needsFactor: required && !identity.secondFactor };
}

/** A new pair of tokens for the person and device of the act. */
export async function issueSession(act: Act, secret: Uint8Array): Promise<Session> {
  const userId = must(act.userId, 'user of a session');
  const deviceId = must(act.deviceId, 'device of a session');
  const {
    active: _,
    secondFactor: __,
    needsFactor,
    ...identity
  } = must(await findIdentity(act.tx, userId), `user ${userId}`);
  // No way in goes past it.
  if (needsFactor) throw sessionOver('second_factor_needed');
  const refreshToken = randomBytes(32).toString('base64url');
  await act.tx.insert(refreshTokens).values({
    id: act.newId(),
    tenantId: act.tenantId,
    userId,
    deviceId,
    tokenHash: hashToken(refreshToken),
    createdAt: act.now,
    expiresAt: act.now + REFRESH_TOKEN_MS,
  });
  const accessExpiresAt = act.now + ACCESS_TOKEN_MS;
  const accessToken = await signAccessToken({ userId, tenantId: identity.tenantId, deviceId }, accessExpiresAt, secret);
  return { identity, accessToken, accessExpiresAt, refreshToken };
}
