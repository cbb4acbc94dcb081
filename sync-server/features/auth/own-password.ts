import { eq } from 'drizzle-orm';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { must } from '../../../shared/kernel/must.ts';
import type { Act } from '../../db/act.ts';
import { isPasswordRight } from './password.ts';
import { users } from './user-table.ts';

export type CheckPassword = (act: Act, password: string) => Promise<void>;

/**
 * Asks once more for the password before what cannot be taken back alone. Ten wrong ones in 15 minutes close the door for a while:
 * whoever sits at an open app must not find it out by trying.
 */
export function createPasswordCheck(): CheckPassword {
  const tries = new RateLimiterMemory({ keyPrefix: 'own password', points: 10, duration: 15 * 60 });
  return async (act, password) => {
    const userId = must(act.userId, 'person');
    const state = await tries.consume(userId).catch((rejected: RateLimiterRes) => rejected);
    if (state.consumedPoints > tries.points) {
      const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
      const minutes = Math.ceil(retryAfterSeconds / 60);
      throw new AppError(
        'limit_reached',
        `Too many wrong passwords. Nothing was changed. Try again in ${minutes} min.`,
        {
          retryAfterSeconds,
        },
      );
    }
    const [user] = await act.tx.select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId));
    if (!(await isPasswordRight(user?.hash ?? null, password)))
      throw new AppError('invalid_input', 'This is not your password. Nothing was changed.', {
        reason: 'password',
        fields: { password: 'This is not your password' },
      });
    await tries.delete(userId);
  };
}
