import { sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { job } from '../../../shared/workspace/job-operations.ts';
import type { Tx } from '../../db/tx.ts';

export type Job = z.output<typeof job>;

/** A job as the queue keeps it. `data` names the tenant: a job without one is the server's own and nobody's to see. */
export type QueuedJob = Job & { data: Record<string, unknown> };

/** The queue's states in our words (pg-boss 12). */
export const STATES: Record<string, Job['state']> = {
  created: 'waiting',
  active: 'running',
  retry: 'retrying',
  completed: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

type Row = {
  id: string;
  name: string;
  state: string;
  attempts: number;
  created_at: string;
  starts_at: string;
  finished_at: string | null;
  message: string | null;
  data: Record<string, unknown>;
};

/** Jobs of this tenant. `ending` is the rest of the statement. */
export async function findJobs(tx: Tx, tenantId: string, condition: SQL, ending: SQL): Promise<QueuedJob[]> {
  const { rows } = await tx.execute<Row>(sql`
    select id, name, state::text as state, retry_count as attempts, data, output ->> 'message' as message,
      created_on::text as created_at, start_after::text as starts_at, completed_on::text as finished_at
    from pgboss.job where data ->> 'tenantId' = ${tenantId} and ${condition} ${ending}`);
  return rows.map(({ state, created_at, starts_at, finished_at, data, ...row }) => ({
    ...row,
    state: STATES[state] ?? 'waiting',
    createdAt: Date.parse(created_at),
    startsAt: Date.parse(starts_at),
    finishedAt: finished_at === null ? null : Date.parse(finished_at),
    traceId: typeof data['traceId'] === 'string' ? data['traceId'] : null,
    data,
  }));
}

export async function countJobs(tx: Tx, tenantId: string, condition: SQL): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from pgboss.job where data ->> 'tenantId' = ${tenantId} and ${condition}`,
  );
  return rows[0]?.count ?? 0;
}
