import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../shared/kernel/must.ts';
import { pruneTable } from '../db/prune-table.ts';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';
import { oldIdempotencyKeys } from './idempotency.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const tokenOf = ({ headers }: Person) => headers.authorization.replace('Bearer ', '');
const post = (person: Person, path: string, body: unknown, key: string) =>
  stack.request('POST', `/api${path}`, { token: tokenOf(person), body, headers: { 'Idempotency-Key': key } });
const countOf = async (firstName: string) =>
  (await stack.rows('select 1 from contacts where first_name = $1', firstName)).length;

test('a write sent again with its key gets the same answer, and is done once', async () => {
  const key = randomUUID();
  const first = await post(owner, '/contacts', { firstName: 'Once' }, key);
  const second = await post(owner, '/contacts', { firstName: 'Once' }, key);
  expect([second.status, second.body]).toEqual([first.status, first.body]);
  expect(await countOf('Once')).toBe(1);
});

test('two copies at the same moment are one', async () => {
  const key = randomUUID();
  const copies = await Promise.all([1, 2, 3].map(() => post(owner, '/contacts', { firstName: 'Twin' }, key)));
  expect(new Set(copies.map(({ body }) => body.data.id)).size).toBe(1);
  expect(await countOf('Twin')).toBe(1);
});

test('the same key with another request is refused, and is another one’s for another person', async () => {
  const key = randomUUID();
  const agent = await stack.join(owner, 'AGENT');
  await post(owner, '/contacts', { firstName: 'Mine' }, key);
  expect(await post(owner, '/contacts', { firstName: 'Other' }, key)).toMatchObject({
    status: 409,
    body: { error: { details: { reason: 'idempotency' } } },
  });
  expect(await post(owner, '/tasks', { title: 'Other' }, key)).toMatchObject({ status: 409 });
  expect((await post(agent, '/contacts', { firstName: 'Mine' }, key)).status).toBe(200);
  expect(await countOf('Mine')).toBe(2);
});

test('a refused write keeps no answer, and may be corrected and sent with its key', async () => {
  const key = randomUUID();
  expect((await post(owner, `/contacts/${randomUUID()}/notes`, { body: 'x' }, key)).status).toBe(404);
  expect((await post(owner, '/contacts', { firstName: 'After' }, key)).status).toBe(200);
});

test('an answer with a secret in it is not readable in the database', async () => {
  const input = { name: 'Script', kind: 'personal', scopes: ['contacts:read'], expiresInDays: 1 };
  const key = randomUUID();
  const first = await post(owner, '/tokens', input, key);
  const { token } = first.body.data as { token: string };
  expect((await post(owner, '/tokens', input, key)).body.data).toMatchObject({ token });
  expect(JSON.stringify(await stack.rows('select * from idempotency_keys'))).not.toContain(token);
});

test('a key is good for a day, and is then deleted', async () => {
  const key = randomUUID();
  await post(owner, '/contacts', { firstName: 'Daily' }, key);
  await stack.rows(`update idempotency_keys set created_at = now() - interval '25 hours' where key = $1`, key);
  await post(owner, '/contacts', { firstName: 'Daily' }, key);
  expect(await countOf('Daily')).toBe(2);
  await stack.rows(`update idempotency_keys set created_at = now() - interval '25 hours' where key = $1`, key);
  expect(await pruneTable(stack.database.pool, oldIdempotencyKeys, Date.now())).toBe(1);
});

test('a key that is none is refused in words', async () => {
  const { status, body } = await post(owner, '/contacts', { firstName: 'Bad key' }, 'with a blank');
  expect([status, must(body.error, 'error').code]).toEqual([400, 'invalid_input']);
});
