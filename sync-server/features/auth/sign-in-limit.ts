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
    /**
     * Counts an attempt as failed before it is made, so that many at once are no way around, or throws `limit_reached`.
     * What did not fail by its password is taken back.
     */
    async admit(email: string, place: string): Promise<void> {
      for (const [limiter, key] of [
        [perEmail, keyOf(email, place)],
        [perPlace, place],
      ] as const) {
        const state = await limiter.consume(key).catch((rejected: RateLimiterRes) => rejected);
        if (state.consumedPoints > limiter.points) throw tooMany(state, 'Too many wrong passwords.');
      }
    },
    /** Counts a sign-up, or throws `limit_reached`. */
    async admitSignUp(place: string): Promise<void> {
      const state = await signUps.consume(place).catch((rejected: RateLimiterRes) => rejected);
      if (state.consumedPoints > signUps.points) throw tooMany(state, 'Too many sign-ups from your network.');
    },
    /** The attempt failed for another reason. */
    async takeBack(email: string, place: string): Promise<void> {
      await Promise.all([perEmail.reward(keyOf(email, place)), perPlace.reward(place)]);
    },
    /** The password was right. */
    async forget(email: string, place: string): Promise<void> {
      await Promise.all([perEmail.delete(keyOf(email, place)), perPlace.reward(place)]);
    },
  };
}

export type SignInLimit = ReturnType<typeof createSignInLimit>;

function tooMany(state: RateLimiterRes, what: string): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new AppError('limit_reached', `${what} Try again in ${minutes} min.`, { retryAfterSeconds });
}
