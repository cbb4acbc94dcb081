import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { z } from 'zod';
import type { Session, signInRequest } from '../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { enter, type SignInParts } from './enter.ts';
import { isPasswordRight } from './password.ts';
import { makeChallenge } from './second-factor/challenge.ts';
import { ENROLMENT_MS, secondFactorNeeded } from './second-factor/enrol.ts';
import { findIdentity } from './sessions/issue-session.ts';
import { lockSessions } from './sessions/lock-sessions.ts';
import { users } from './user-table.ts';

/**
 * Signs a person in on a device. A wrong password and an unknown address are told apart by neither words nor time.
 * Where a second factor is set up, or its workspace asks for one, the right password alone answers a challenge for it.
 */
export async function signIn(parts: SignInParts, input: z.output<typeof signInRequest>): Promise<Session> {
  const { pool, perform } = parts;
  const [user] = await drizzle(pool).select().from(users).where(eq(users.email, input.email));
  const right = await isPasswordRight(user?.passwordHash ?? null, input.password);
  if (!user || !right || !user.active) throw wrongPassword();
  const { id: userId, tenantId, role } = user;
  const actor = { tenantId, userId, deviceId: input.deviceId, role };
  const outcome = await perform(actor, async (act) => {
    // The password was right a moment ago: it, and what else it takes, may have changed since.
    const now = await lockSessions(act, userId);
    if (!now?.active || now.passwordHash !== user.passwordHash) throw wrongPassword();
    if (now.secondFactor) return { challenge: await makeChallenge(act, input) };
    const identity = await findIdentity(act.tx, userId);
    if (identity?.needsFactor) return { toEnrol: await makeChallenge(act, input, ENROLMENT_MS) };
    return { session: await enter(act, parts, input) };
  });
  if (outcome.session) return outcome.session;
  if (outcome.toEnrol !== undefined) throw secondFactorNeeded(outcome.toEnrol);
  throw new AppError('unauthenticated', 'Enter the code of your authenticator app to go on.', {
    reason: 'second_factor',
    challenge: outcome.challenge,
  });
}

const wrongPassword = () => new AppError('unauthenticated', 'Email or password is wrong.', { reason: 'credentials' });
