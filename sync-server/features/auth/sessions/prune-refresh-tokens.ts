import { sql } from 'drizzle-orm';
import { DAY_MS, type Pruning } from '../../../db/prune-table.ts';
import { refreshTokens } from './refresh-token-table.ts';

/**
 * Refresh tokens go 30 days after they were used, ended or expired. The newest of a running session is none of these;
 * a copy of an older one is no token at all any more, instead of one used twice.
 */
export const oldRefreshTokens: Pruning = {
  table: refreshTokens,
  isOver: (now) => {
    const { usedAt, endedAt, expiresAt } = refreshTokens;
    return sql`least(${usedAt}, ${endedAt}, ${expiresAt}) < ${new Date(now - 30 * DAY_MS).toISOString()}::timestamptz`;
  },
};
