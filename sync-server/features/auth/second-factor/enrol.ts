import { and, eq, lt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { z } from 'zod';
import type {
  beginEnrolmentRequest,
  confirmEnrolmentRequest,
  Enrolled,
} from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Act } from '../../../db/act.ts';
import { enter, type SignInParts } from '../enter.ts';
import { findIdentity, hashToken } from '../sessions/issue-session.ts';
import { sessionOver } from '../sessions/live-session.ts';
import { lockSessions } from '../sessions/lock-sessions.ts';
import { MOST_TRIES, startAgain } from './challenge.ts';
import { challenges } from './second-factor-table.ts';
import { beginFactor, confirmFactor } from './set-up-factor.ts';

/** Long enough to find a phone and an app for it. */
export const ENROLMENT_MS = 15 * 60_000;

type Parts = SignInParts & { now: () => number };

/** What a sign-in answers where the workspace asks for a second factor and its person has none: nothing else goes on before. */
export const secondFactorNeeded = (challenge: string): AppError =>
  new AppError(
    'unauthenticated',
    'Your team asks everybody for a second factor. Set up an authenticator app to go on; an older Switchboard has to be updated for it.',
    { reason: 'second_factor_needed', challenge },
  );

/** The first half of setting one up within a sign-in. Asked again it begins anew. */
export async function beginEnrolment(
  parts: Parts,
  { challenge }: z.output<typeof beginEnrolmentRequest>,
): Promise<{ secret: string; uri: string }> {
  const [found] = await drizzle(parts.pool)
    .select()
    .from(challenges)
    .where(and(eq(challenges.tokenHash, hashToken(challenge)), lt(challenges.tries, MOST_TRIES)));
  return inName(parts, found, (act) => beginFactor(act, parts.seal));
}

/** The second half: the code turns it on, and the sign-in goes on. The recovery codes are answered this once. */
export async function confirmEnrolment(
  parts: Parts,
  { challenge, code }: z.output<typeof confirmEnrolmentRequest>,
): Promise<Enrolled> {
  const tokenHash = hashToken(challenge);
  const [found] = await drizzle(parts.pool)
    .update(challenges)
    .set({ tries: sql`${challenges.tries} + 1` })
    .where(and(eq(challenges.tokenHash, tokenHash), lt(challenges.tries, MOST_TRIES)))
    .returning();
  const enrolled = await inName(parts, found, async (act, device) => {
    const recoveryCodes = await confirmFactor(act, parts.seal, code);
    if (!recoveryCodes) return null;
    const [gone] = await act.tx.delete(challenges).where(eq(challenges.tokenHash, tokenHash)).returning();
    if (!gone) throw startAgain();
    return { ...(await enter(act, parts, device)), recoveryCodes };
  });
  if (enrolled) return enrolled;
  throw new AppError('unauthenticated', 'This code is not right. Check the clock of your phone and try the next one.', {
    reason: 'code',
    triesLeft: MOST_TRIES - (found?.tries ?? MOST_TRIES),
  });
}

/** A challenge stands for a password that was right; of who has a second factor already it asks for that, and sets up no other. */
function inName<T>(
  parts: Parts,
  found: typeof challenges.$inferSelect | undefined,
  work: (act: Act, device: (typeof challenges.$inferSelect)['device']) => Promise<T>,
): Promise<T> {
  if (!found || found.expiresAt <= parts.now()) throw startAgain();
  const { tenantId, userId, device } = found;
  return parts.perform({ tenantId, userId, deviceId: device.deviceId, role: 'VIEWER' }, async (act) => {
    await lockSessions(act, userId);
    const identity = await findIdentity(act.tx, userId);
    if (!identity?.active) throw sessionOver('removed');
    if (identity.secondFactor) throw startAgain();
    return work(act, device);
  });
}
