import { sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Instant } from '../../shared/kernel/instant.ts';

/**
 * The `updated_at` of a row's next state: now, yet always later than the last, whatever the clocks of two servers say.
 * Who holds the row's lock can then tell by it what a device had seen. The audit row of the change carries the same instant.
 */
export const nextUpdatedAt = (now: Instant, last: Instant): Instant => Math.max(now, last + 1);

/** The same where many rows change in one statement. */
export const nextUpdatedAtSql = (now: Instant, column: AnyPgColumn | SQL): SQL<Instant> =>
  sql<Instant>`greatest(${new Date(now).toISOString()}::timestamptz, ${column} + interval '1 millisecond')`;
