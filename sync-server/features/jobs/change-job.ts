import { sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type {
  cancelJob as cancelOperation,
  retryJob as retryOperation,
} from '../../../shared/workspace/job-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { findJobs, type QueuedJob } from './job-read-model.ts';

/** Once more than its kind allows, and now. As pg-boss does it, in the transaction of the act. */
export const retryJob: Verb<typeof retryOperation> = async (act, { id }) => {
  const job = await lockJob(act, id);
  if (job.state !== 'failed')
    throw new AppError('not_allowed_now', 'Only a job that has failed can be tried again. Nothing was changed.', {
      state: job.state,
    });
  await act.tx.execute(sql`
    update pgboss.job set state = 'retry', retry_limit = retry_limit + 1, start_after = now(), completed_on = null
    where name = ${job.name} and id = ${id}`);
  noteChange(act, 'jobs.retry', job, 'retrying');
  return { id };
};

/** One that runs may have done half of its work already, so it is left to end. */
export const cancelJob: Verb<typeof cancelOperation> = async (act, { id }) => {
  const job = await lockJob(act, id);
  if (job.state !== 'waiting' && job.state !== 'retrying')
    throw new AppError(
      'not_allowed_now',
      job.state === 'running'
        ? 'This job is running already. Nothing was changed; it goes on.'
        : 'This job is over already. Nothing was changed.',
      { state: job.state },
    );
  await act.tx.execute(sql`
    update pgboss.job set state = 'cancelled', completed_on = now() where name = ${job.name} and id = ${id}`);
  await act.publish({ type: 'job.cancelled', job: job.name, data: job.data });
  noteChange(act, 'jobs.cancel', job, 'cancelled');
  return { id };
};

async function lockJob({ tx, tenantId }: Act, id: string): Promise<QueuedJob> {
  const [job] = await findJobs(tx, tenantId, sql`id = ${id}`, sql`for update`);
  if (!job) throw new AppError('not_found', 'This job is not kept any more. Nothing was changed.');
  return job;
}

const noteChange = ({ audit }: Act, action: string, { id, name, state }: QueuedJob, after: string): void =>
  audit({ action, entity: 'job', entityId: id, before: { name, state }, after: { state: after } });
