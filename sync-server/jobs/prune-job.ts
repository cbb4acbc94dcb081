import type { Logger } from 'pino';
import type { Pool } from '../db/pool.ts';
import { nameOfTable, pruneTable, type Pruning } from '../db/prune-table.ts';
import type { JobDefinition, JobKind } from './job-definition.ts';

export const PRUNE: JobKind = {
  name: 'server.prune',
  retryLimit: 3,
  retryDelaySeconds: 60,
  concurrency: 1,
  cron: '20 3 * * *',
};

/** Every night: what is kept for a time only is deleted once that time is over. */
export const pruneTables = (
  pool: Pool,
  prunings: readonly Pruning[],
  now: () => number,
  logger: Logger,
): JobDefinition => ({
  kind: PRUNE,
  async run(_data, { signal }) {
    for (const pruning of prunings) {
      const rows = await pruneTable(pool, pruning, now(), signal);
      if (rows) logger.info({ table: nameOfTable(pruning.table), rows }, 'pruned');
    }
  },
});
