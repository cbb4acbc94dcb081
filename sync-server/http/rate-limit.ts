import type { Response } from 'express';
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../shared/kernel/app-error.ts';

type Rates = { perMinute: number; burst: number };

/** REST for scripts and integrations, per tenant. */
export const API_RATES: Rates = { perMinute: 100, burst: 200 };
/** Agents over MCP, per token. */
export const AGENT_RATES: Rates = { perMinute: 60, burst: 120 };
/** Pushes of one device: far above what an honest desktop needs. Shapes are not limited: each change is one more request. */
export const SYNC_RATES: Rates = { perMinute: 1_200, burst: 2_400 };

/** Counts a request, sets the RateLimit headers, throws `limit_reached` when it is one too many. */
export type RateLimit = (key: string, res: Response) => Promise<void>;

/**
 * `perMinute` requests each minute; what a burst takes beyond them (up to `burst` in all) comes back after ten minutes.
 * Counted per server process, in memory. Headers: draft-ietf-httpapi-ratelimit-headers-07.
 */
export function createRateLimit(prefix: string, { perMinute, burst }: Rates): RateLimit {
  const steady = new RateLimiterMemory({ keyPrefix: prefix, points: perMinute, duration: 60 });
  const extra = new RateLimiterMemory({ keyPrefix: `${prefix} burst`, points: burst - perMinute, duration: 600 });
  const limiter = new BurstyRateLimiter(steady, extra);

  return async (key, res) => {
    const rejected = await limiter.consume(key).then(
      () => null,
      (reason: unknown) => {
        if (reason instanceof RateLimiterRes) return reason;
        throw reason;
      },
    );
    const [now, spare] = await Promise.all([steady.get(key), extra.get(key)]);
    const left =
      Math.max(0, now?.remainingPoints ?? perMinute) + Math.max(0, spare?.remainingPoints ?? burst - perMinute);
    const resetSeconds = Math.max(1, Math.ceil((now?.msBeforeNext ?? 60_000) / 1000));
    res.set({
      'RateLimit-Limit': String(perMinute),
      'RateLimit-Policy': `${perMinute};w=60;burst=${burst}`,
      'RateLimit-Remaining': String(rejected ? 0 : left),
      'RateLimit-Reset': String(resetSeconds),
    });
    if (rejected)
      throw new AppError(
        'limit_reached',
        `Your team sends more than ${perMinute} requests a minute. This one was not done; try again in ${resetSeconds} s.`,
        { retryAfterSeconds: resetSeconds },
      );
  };
}
