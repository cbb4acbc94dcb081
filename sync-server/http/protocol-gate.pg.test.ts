import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack({ MINIMUM_PROTOCOL: '2' });
  owner = await stack.signUp();
});
afterAll(() => stack.close());

test('an app below the minimum gets no data, and what it has still to send is taken', async () => {
  const refused = await owner.call('GET', '/shapes/contacts?offset=-1');
  expect(refused).toMatchObject({
    status: 426,
    body: { error: { details: { reason: 'protocol', minimum: 2, current: 1 } } },
  });
  expect(refused.headers.get('switchboard-protocol')).toBe('2-1');
  const id = randomUUID();
  const [result] = await owner.push({ name: 'contacts.create', input: { id, firstName: 'Old but kept' } });
  expect(result).toMatchObject({ status: 'accepted' });
  expect(await stack.rows('select first_name from contacts where id = $1', id)).toEqual([
    { first_name: 'Old but kept' },
  ]);
});

test('an app newer than the server is told that the server is older, and nothing of it is decided', async () => {
  const writeId = randomUUID();
  const writes = [{ writeId, name: 'contacts.create', madeAt: 1, input: { id: randomUUID(), firstName: 'Later' } }];
  const reply = await owner.call('POST', '/sync/push', { protocol: 99, deviceId: owner.deviceId, writes });
  expect(reply).toMatchObject({ status: 409, body: { error: { details: { reason: 'protocol' } } } });
  expect(reply.body.error?.message).toContain('The server is older than this app');
  expect(await stack.rows('select 1 from write_receipts where id = $1', writeId)).toEqual([]);
});
