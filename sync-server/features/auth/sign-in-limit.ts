import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../../shared/kernel/app-error.ts';

/**
 * Ten wrong passwords in 15 minutes for one address from one place, a hundred for all addresses from one place, a hundred
 * new tenants an hour from one place; five mails for a forgotten password an hour to one address and fifty from one place; three
 * hundred looks at links of invitations and resets in 15 minutes from one place, and as many second steps.
 * Counted per server process.
 */
export function createSignInLimit() {
  const perEmail = new RateLimiterMemory({ keyPrefix: 'email', points: 10, duration: 15 * 60 });
  const perPlace = new RateLimiterMemory({ keyPrefix: 'place', points: 100, duration: 15 * 60 });
  const signUps = new RateLimiterMemory({ keyPrefix: 'sign-up', points: 100, duration: 3_600 });
  const mailsTo = new RateLimiterMemory({ keyPrefix: 'forgot', points: 5, duration: 3_600 });
  const mailsFrom = new RateLimiterMemory({ keyPrefix: 'forgot from', points: 50, duration: 3_600 });
  const links = new RateLimiterMemory({ keyPrefix: 'link', points: 300, duration: 15 * 60 });
  const codes = new RateLimiterMemory({ keyPrefix: 'code', points: 300, duration: 15 * 60 });
  const keyOf = (email: string, place: string) => `${email} ${place}`;
  const count = async (limiter: RateLimiterMemory, key: string, what: string): Promise<void> => {
    const state = await limiter.consume(key).catch((rejected: RateLimiterRes) => rejected);
    if (state.consumedPoints > limiter.points) throw tooMany(state, what);
  };
  return {
    /**
     * Counts an attempt as failed before it is made, so that many at once are no way around, or throws `limit_reached`.
     * What did not fail by its password is taken back.
     */
    async admit(email: string, place: string): Promise<void> {
      await count(perEmail, keyOf(email, place), 'Too many wrong passwords.');
      await count(perPlace, place, 'Too many wrong passwords.');
    },
    /** Counts a sign-up, or throws `limit_reached`. */
    admitSignUp: (place: string) => count(signUps, place, 'Too many sign-ups from your network.'),
    /** Counts by the address whether or not it has an account: the answer must not tell. */
    async admitForgot(email: string, place: string): Promise<void> {
      await count(mailsFrom, place, 'Too many requests from your network.');
      await count(mailsTo, email, 'A link was asked for several times already. Look through your mails.');
    },
    admitLink: (place: string) => count(links, place, 'Too many tries from your network.'),
    admitCode: (place: string) => count(codes, place, 'Too many tries from your network.'),
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
