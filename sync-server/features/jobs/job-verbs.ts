import * as operations from '../../../shared/workspace/job-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { cancelJob, retryJob } from './change-job.ts';
import { listJobs } from './list-jobs.ts';

export const jobVerbs: BoundVerb[] = [
  bindVerb(operations.listJobs, listJobs),
  bindVerb(operations.retryJob, retryJob),
  bindVerb(operations.cancelJob, cancelJob),
];
