import { randomBytes } from 'node:crypto';
import { and, eq, gt, lt, sql, sum } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { z } from 'zod';
import type { secondFactorRequest, Session } from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type { Act } from '../../../db/act.ts';
import type { Pruning } from '../../../db/prune-table.ts';
import { enter, type SignInParts } from '../enter.ts';
import { findIdentity, hashToken } from '../sessions/issue-session.ts';
import { sessionOver } from '../sessions/live-session.ts';
import { lockSessions } from '../sessions/lock-sessions.ts';
import type { DeviceFacts } from '../register-device.ts';
import { checkCode } from './check-code.ts';
import { challenges } from './second-factor-table.ts';

export const CHALLENGE_MS = 5 * 60_000;
export const MOST_TRIES = 5;
/** Of one person, over all their challenges of the last quarter of an hour. */
const MOST_WRONG = 20;
const REMEMBERED_MS = 15 * 60_000;

/** What the caller of a sign-in holds until they have entered a code. */
export async function makeChallenge(act: Act, device: DeviceFacts, lastsMs = CHALLENGE_MS): Promise<string> {
  await assertFewTries(act);
  const token = randomBytes(32).toString('base64url');
  const { deviceId, deviceName, platform, appVersion } = device;
  await act.tx.insert(challenges).values({
    tokenHash: hashToken(token),
    tenantId: act.tenantId,
    userId: must(act.userId, 'user'),
    device: { deviceId, deviceName, platform, appVersion },
    tries: 0,
    expiresAt: act.now + lastsMs,
  });
  return token;
}

/** Who has the password could begin again and again. Counted in the database: every server process counts the same. */
async function assertFewTries({ tx, userId, now }: Act, most = MOST_WRONG - 1): Promise<void> {
  const [row] = await tx
    .select({ tries: sum(challenges.tries).mapWith(Number) })
    .from(challenges)
    .where(
      and(eq(challenges.userId, must(userId, 'user')), gt(challenges.expiresAt, now + CHALLENGE_MS - REMEMBERED_MS)),
    );
  if ((row?.tries ?? 0) <= most) return;
  throw new AppError('limit_reached', 'Too many wrong codes for this account. Try again in 15 min.', {
    retryAfterSeconds: REMEMBERED_MS / 1000,
  });
}

/** Goes on with a sign-in. Each try is counted before it is looked at; a challenge is good for five and for one success. */
export async function passChallenge(
  parts: SignInParts & { now: () => number },
  { challenge, code }: z.output<typeof secondFactorRequest>,
): Promise<Session> {
  const db = drizzle(parts.pool);
  const tokenHash = hashToken(challenge);
  const [found] = await db
    .update(challenges)
    .set({ tries: sql`${challenges.tries} + 1` })
    .where(and(eq(challenges.tokenHash, tokenHash), lt(challenges.tries, MOST_TRIES)))
    .returning();
  if (!found || found.expiresAt <= parts.now()) throw startAgain();
  const { tenantId, userId, device } = found;
  const actor = { tenantId, userId, deviceId: device.deviceId, role: 'VIEWER' as const };
  const outcome = await parts.perform(actor, async (act) => {
    await lockSessions(act, userId);
    const identity = await findIdentity(act.tx, userId);
    if (!identity?.active) throw sessionOver('removed');
    // Challenges that were gathered beforehand give no more tries than others. This try is counted already.
    await assertFewTries(act, MOST_WRONG);
    if (!(await checkCode(act, parts.seal, code))) {
      act.audit({ action: 'auth.secondFactorWrong', entity: 'user', entityId: userId });
      return null;
    }
    const [gone] = await act.tx.delete(challenges).where(eq(challenges.tokenHash, tokenHash)).returning();
    if (!gone) throw startAgain();
    return enter(act, parts, device);
  });
  if (outcome) return outcome;
  if (found.tries >= MOST_TRIES) throw startAgain();
  throw new AppError(
    'unauthenticated',
    'This code is not right, or was used already. Wait for the next one and try again.',
    {
      reason: 'code',
      triesLeft: MOST_TRIES - found.tries,
    },
  );
}

export const startAgain = () =>
  new AppError('unauthenticated', 'This took too long, or too many tries. Sign in with your password again.', {
    reason: 'challenge',
  });

export const oldChallenges: Pruning = {
  table: challenges,
  isOver: (now) => lt(challenges.expiresAt, now - REMEMBERED_MS),
};
