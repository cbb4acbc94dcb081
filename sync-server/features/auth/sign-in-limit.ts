import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../../shared/kernel/app-error.ts';

/**
 * Ten wrong passwords in 15 minutes for one address from one place, a hundred for all addresses from one place, and a hundred
 * new tenants an hour from one place.
 * Counted per server process.
 */
export function createSignInLimit() {
  const perEmail = new RateLimiterMemory({ keyPrefix: 'email', points: 10, duration: 15 * 60 });
  const perPlace = new RateLimiterMemory({ keyPrefix: 'place', points: 100, duration: 15 * 60 });
  const signUps = new RateLimiterMemory({ keyPrefix: 'sign-up', points: 100, duration: 3_600 });
  const keyOf = (email: string, place: string) => `${email} ${place}`;
  return {
    /** Throws `limit_reached` when too many attempts failed already. */
    async assertMayTry(email: string, place: string): Promise<void> {
      for (const [limiter, key] of [
        [perEmail, keyOf(email, place)],
        [perPlace, place],
      ] as const) {
        const state = await limiter.get(key);
        if (state && state.remainingPoints <= 0) throw tooMany(state, 'Too many wrong passwords.');
      }
    },
    /** Counts a sign-up, or throws `limit_reached`. */
    async admitSignUp(place: string): Promise<void> {
      const state = await signUps.consume(place).catch((rejected: RateLimiterRes) => rejected);
      if (state.consumedPoints > signUps.points) throw tooMany(state, 'Too many sign-ups from your network.');
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

function tooMany(state: RateLimiterRes, what: string): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new AppError('limit_reached', `${what} Try again in ${minutes} min.`, { retryAfterSeconds });
}
