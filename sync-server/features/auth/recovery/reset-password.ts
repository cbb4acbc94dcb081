import { and, eq, isNull, lt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { z } from 'zod';
import type { resetPasswordRequest } from '../../../../shared/auth/auth-requests.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { must } from '../../../../shared/kernel/must.ts';
import type * as operations from '../../../../shared/people/security-operations.ts';
import type { Act, Perform, Verb } from '../../../db/act.ts';
import { DAY_MS, type Pruning } from '../../../db/prune-table.ts';
import type { Pool } from '../../../db/pool.ts';
import type { Seal } from '../../../db/sealed.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { challenges } from '../second-factor/second-factor-table.ts';
import { hashToken } from '../sessions/issue-session.ts';
import { noticeSecurity } from '../notice-security.ts';
import type { CheckPassword } from '../own-password.ts';
import { assertUncommon, hashPassword } from '../password.ts';
import { users } from '../user-table.ts';
import { passwordResets } from './password-reset-table.ts';

type Parts = { pool: Pool; perform: Perform; seal: Seal };

/** Takes the link's one use, sets the password and ends every session of the person. A second factor stays as it is. */
export async function resetPassword(
  { pool, perform, seal }: Parts,
  { token, newPassword }: z.output<typeof resetPasswordRequest>,
): Promise<{ email: string }> {
  const [reset] = await drizzle(pool)
    .select()
    .from(passwordResets)
    .where(eq(passwordResets.tokenHash, hashToken(token)));
  if (!reset) throw new AppError('not_found', 'This link does not work. Ask for a new one.');
  const { id, userId, tenantId } = reset;
  return perform({ tenantId, userId, deviceId: null, role: 'VIEWER' }, async (act) => {
    const taken = await act.tx
      .update(passwordResets)
      .set({ usedAt: act.now })
      .where(and(eq(passwordResets.id, id), isNull(passwordResets.usedAt)))
      .returning({ id: passwordResets.id });
    if (!taken.length)
      throw new AppError('not_found', 'This link was used already, or a newer one was asked for. Ask for a new one.', {
        reason: 'used',
      });
    if (reset.expiresAt <= act.now)
      throw new AppError('not_allowed_now', 'This link was good for an hour and is over. Ask for a new one.', {
        reason: 'expired',
      });
    const email = await setPassword(act, userId, newPassword);
    await endSessions(act, userId);
    act.audit({ action: 'auth.resetPassword', entity: 'user', entityId: userId });
    await noticeSecurity(act, seal, userId, 'password_changed');
    return { email };
  });
}

/** Other sessions of the person end; the one that asks goes on. */
export const changePassword =
  ({ seal, checkPassword }: { seal: Seal; checkPassword: CheckPassword }): Verb<typeof operations.changePassword> =>
  async (act, { password, newPassword }) => {
    await checkPassword(act, password);
    const userId = must(act.userId, 'person');
    await setPassword(act, userId, newPassword);
    await endSessions(act, userId, { except: act.deviceId });
    act.audit({ action: 'security.changePassword', entity: 'user', entityId: userId });
    await noticeSecurity(act, seal, userId, 'password_changed');
    return {};
  };

async function setPassword({ tx, now }: Act, userId: string, newPassword: string): Promise<string> {
  const [user] = await tx.select().from(users).where(eq(users.id, userId));
  if (!user?.active) throw new AppError('not_found', 'This link does not work. Ask for a new one.');
  assertUncommon(newPassword, [user.name, user.email]);
  const passwordHash = await hashPassword(newPassword);
  await tx.update(users).set({ passwordHash, passwordChangedAt: now, updatedAt: now }).where(eq(users.id, userId));
  // What the old password has begun.
  await tx.delete(challenges).where(eq(challenges.userId, userId));
  return user.email;
}

export const oldResets: Pruning = {
  table: passwordResets,
  isOver: (now) => lt(passwordResets.expiresAt, now - DAY_MS),
};
