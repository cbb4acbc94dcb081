import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { AppError } from '../../../../shared/kernel/app-error.ts';

/** What an access token says about its bearer: who, where. What they may do is asked of the database (live-session.ts). */
const accessClaims = z.object({
  userId: z.uuid(),
  tenantId: z.uuid(),
  deviceId: z.uuid(),
});

export type AccessClaims = z.output<typeof accessClaims>;

export const ACCESS_TOKEN_MS = 15 * 60_000;
const ISSUER = 'switchboard';
/** What it is for: nothing else that this server may sign one day is taken for it. */
const AUDIENCE = 'switchboard api';

export const signAccessToken = ({ userId, ...claims }: AccessClaims, expiresAt: number, secret: Uint8Array) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(secret);

/** The claims of a valid token. Throws `unauthenticated`, with details.reason `expired` when a refresh would help. */
export async function verifyAccessToken(token: string, secret: Uint8Array): Promise<AccessClaims> {
  try {
    const { payload } = await jwtVerify(token, secret, { issuer: ISSUER, audience: AUDIENCE, algorithms: ['HS256'] });
    return accessClaims.parse({ ...payload, userId: payload.sub });
  } catch (error) {
    const expired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
    throw new AppError('unauthenticated', 'Your session is not valid any more. Sign in again to go on syncing.', {
      reason: expired ? 'expired' : 'invalid',
    });
  }
}
