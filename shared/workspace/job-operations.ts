import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';

export const job = z.object({
  id: z.uuid(),
  /** The kind of job. */
  name: z.string(),
  state: z.enum(['waiting', 'running', 'retrying', 'done', 'failed', 'cancelled']),
  attempts: z.number().int(),
  createdAt: z.number(),
  startsAt: z.number(),
  finishedAt: z.number().nullable(),
  message: z.string().nullable(),
  traceId: z.string().nullable(),
});

export const listJobs = operation({
  name: 'jobs.list',
  kind: 'query',
  summary: 'List the slow work of the workspace, newest first.',
  role: 'ADMIN',
  routes: [{ method: 'GET', path: '/jobs' }],
  input: listQuery(['createdAt']).extend({
    state: z.enum(['waiting', 'running', 'retrying', 'done', 'failed', 'cancelled']).optional(),
  }),
  output: listOf(job),
});

export const retryJob = operation({
  name: 'jobs.retry',
  kind: 'command',
  online: true,
  summary: 'Try a failed job again.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/jobs/:id/retry' }],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
});

export const cancelJob = operation({
  name: 'jobs.cancel',
  kind: 'command',
  online: true,
  summary: 'Cancel a job that has not begun.',
  role: 'ADMIN',
  routes: [{ method: 'POST', path: '/jobs/:id/cancel' }],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
});
