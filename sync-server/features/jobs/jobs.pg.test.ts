import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { addNumber } from '../../testing/test-world.ts';

let stack: TestStack;
let owner: Person;
let stranger: Person;

beforeAll(async () => {
  // No worker runs here: what is enqueued stays where the test puts it.
  stack = await startTestStack();
  owner = await stack.signUp();
  stranger = await stack.signUp();
  await addNumber(stack, owner.tenantId, '+15035550100');
});
afterAll(() => stack.close());

/** A text that waits to be sent, and the job that would send it. */
async function queueText(): Promise<{ messageId: string; jobId: string }> {
  const contactId = randomUUID();
  const messageId = randomUUID();
  await owner.push(
    { name: 'contacts.create', input: { id: contactId, firstName: 'A', phone: phone() } },
    { name: 'messages.send', input: { id: messageId, contactId, body: 'Hi' } },
  );
  const [job] = await stack.rows<{ id: string }>(
    `select id from pgboss.job where data ->> 'messageId' = $1`,
    messageId,
  );
  return { messageId, jobId: job?.id ?? '' };
}
let numbers = 0;
const phone = () => `+1415555${String((numbers += 1)).padStart(4, '0')}`;
const stateOf = async (id: string) =>
  (await stack.rows<{ state: string }>('select state::text as state from pgboss.job where id = $1', id))[0]?.state;

test('an administrator sees the jobs of their workspace and how they stand, newest first, and nobody else does', async () => {
  const { jobId } = await queueText();
  const { body } = await owner.call('GET', '/jobs?limit=1');
  expect(body.data).toEqual([
    {
      id: jobId,
      name: 'messages.deliver',
      state: 'waiting',
      attempts: 0,
      createdAt: expect.any(Number),
      startsAt: expect.any(Number),
      finishedAt: null,
      message: null,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ]);
  expect(Math.abs(body.data[0].createdAt - Date.now())).toBeLessThan(60_000);
  expect((await stranger.call('GET', '/jobs')).body).toMatchObject({ data: [], total: 0 });
  expect((await (await stack.join(owner, 'MANAGER')).call('GET', '/jobs')).status).toBe(403);
});

test('jobs are listed by their state and found by their name', async () => {
  const { jobId } = await queueText();
  await stack.rows(`update pgboss.job set state = 'failed', output = '{"message":"no line"}' where id = $1`, jobId);
  expect((await owner.call('GET', '/jobs?state=failed')).body.data).toMatchObject([
    { id: jobId, state: 'failed', message: 'no line' },
  ]);
  expect((await owner.call('GET', '/jobs?search=deliver')).body.total).toBeGreaterThan(1);
  expect((await owner.call('GET', '/jobs?search=nothing')).body.total).toBe(0);
});

test('a job that failed is tried again, one that did not is not', async () => {
  const { jobId } = await queueText();
  const refused = await owner.call('POST', `/jobs/${jobId}/retry`);
  expect([refused.status, refused.body.error?.code]).toEqual([422, 'not_allowed_now']);
  await stack.rows(`update pgboss.job set state = 'failed' where id = $1`, jobId);
  expect((await owner.call('POST', `/jobs/${jobId}/retry`)).body.data).toEqual({ id: jobId });
  expect(await stateOf(jobId)).toBe('retry');
  expect(
    await stack.rows(`select before, after from audit_log where action = 'jobs.retry' and entity_id = $1`, jobId),
  ).toEqual([{ before: { name: 'messages.deliver', state: 'failed' }, after: { state: 'retrying' } }]);
});

test('a cancelled job is not done, and the text that waited for it says so', async () => {
  const { jobId, messageId } = await queueText();
  expect((await owner.call('POST', `/jobs/${jobId}/cancel`)).status).toBe(200);
  expect(await stateOf(jobId)).toBe('cancelled');
  expect(await stack.rows('select status, failure from messages where id = $1', messageId)).toEqual([
    { status: 'failed', failure: 'Its sending was cancelled before it left. It was not sent.' },
  ]);
  expect((await owner.call('POST', `/jobs/${jobId}/cancel`)).status).toBe(422);
});

test('a job that runs is left to end', async () => {
  const { jobId, messageId } = await queueText();
  await stack.rows(`update pgboss.job set state = 'active' where id = $1`, jobId);
  const { status, body } = await owner.call('POST', `/jobs/${jobId}/cancel`);
  expect([status, body.error?.details]).toEqual([422, { state: 'running' }]);
  expect(await stack.rows('select status from messages where id = $1', messageId)).toEqual([{ status: 'queued' }]);
});

test('jobs of another workspace, and the server’s own, are not there', async () => {
  const { jobId } = await queueText();
  const [own] = await stack.rows<{ id: string }>(
    `insert into pgboss.job (name, data) values ('server.prune', null) returning id`,
  );
  for (const act of ['retry', 'cancel']) {
    expect((await stranger.call('POST', `/jobs/${jobId}/${act}`)).status).toBe(404);
    expect((await owner.call('POST', `/jobs/${own?.id}/${act}`)).status).toBe(404);
  }
  expect(await stateOf(jobId)).toBe('created');
});
