import { sql } from 'drizzle-orm';
import { job, type listJobs as operation } from '../../../shared/workspace/job-operations.ts';
import type { Verb } from '../../db/act.ts';
import { containing, offsetOf } from '../../db/page.ts';
import { countJobs, findJobs, STATES } from './job-read-model.ts';

/** What a job works on stays with it: the list tells how it stands, not what it carries. */
export const listJobs: Verb<typeof operation> = async ({ tx, tenantId }, { state, search, ...query }) => {
  const states = Object.keys(STATES).filter((one) => !state || STATES[one] === state);
  const matches = sql`state::text = any(${sql.param(states)}::text[])
    ${search ? sql`and name ilike ${containing(search)}` : sql``}`;
  const order = query.sortOrder === 'asc' ? sql`asc` : sql`desc`;
  const jobs = await findJobs(
    tx,
    tenantId,
    matches,
    sql`order by created_on ${order}, id ${order} limit ${query.limit} offset ${offsetOf(query)}`,
  );
  return {
    data: jobs.map((one) => job.parse(one)),
    page: query.page,
    limit: query.limit,
    total: await countJobs(tx, tenantId, matches),
  };
};
