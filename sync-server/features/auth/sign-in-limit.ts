import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../../shared/kernel/app-error.ts';

/**
 * Ten wrong passwords in 15 minutes for one address from one place, a hundred for all addresses from one place.
 * Counted per server process.
 */
export function createSignInLimit() {
  const perEmail = new RateLimiterMemory({ keyPrefix: 'email', points: 10, duration: 15 * 60 });
  const perPlace = new RateLimiterMemory({ keyPrefix: 'place', points: 100, duration: 15 * 60 });
  const keyOf = (email: string, place: string) => `${email} ${place}`;
  return {
    /** Throws `limit_reached` when too many attempts failed already. */
    async assertMayTry(email: string, place: string): Promise<void> {
      for (const [limiter, key] of [
        [perEmail, keyOf(email, place)],
        [perPlace, place],
      ] as const) {
        const state = await limiter.get(key);
        if (state && state.remainingPoints <= 0) throw tooMany(state);
      }
    },
    async countFailure(email: string, place: string): Promise<void> {
      await Promise.allSettled([perEmail.consume(keyOf(email, place)), perPlace.consume(place)]);
    },
    async forget(email: string, place: string): Promise<void> {
      await perEmail.delete(keyOf(email, place));
    },
  };
}

export type SignInLimit = ReturnType<typeof createSignInLimit>;

function tooMany(state: RateLimiterRes): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new AppError('limit_reached', `Too many wrong passwords. Try again in ${minutes} min.`, { retryAfterSeconds });
}
