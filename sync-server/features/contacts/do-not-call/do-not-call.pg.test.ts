import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const contact = async (phone: string, who = owner) =>
  (await who.call('POST', '/contacts', { firstName: 'Ada', phone })).body.data.id as unknown as string;
const markOf = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data.doNotCallAt;

test('a number in any spelling marks who has it now and who comes later, until it is taken off the list', async () => {
  const before = await contact('+14155550100');
  expect((await owner.call('POST', '/do-not-call', { phone: '(415) 555-0100' })).body.data).toEqual({
    phone: '+14155550100',
    contacts: 1,
  });
  const later = await contact('+14155550100');
  expect([await markOf(before), await markOf(later)]).toEqual([expect.any(Number), expect.any(Number)]);
  expect((await owner.call('GET', '/do-not-call?search=555-01')).body).toMatchObject({
    data: [{ phone: '+14155550100', contacts: 2, addedAt: expect.any(Number) }],
    total: 1,
  });
  expect(
    await stack.rows(
      `select action, records from audit_log where action like 'doNotCall.%' and tenant_id = $1`,
      owner.tenantId,
    ),
  ).toEqual([{ action: 'doNotCall.add', records: 1 }]);
  expect((await owner.call('DELETE', `/do-not-call/${encodeURIComponent('+14155550100')}`)).body.data).toMatchObject({
    contacts: 2,
  });
  expect([await markOf(before), await markOf(later)]).toEqual([null, null]);
});

test('who was marked otherwise keeps the mark', async () => {
  const id = await contact('+14155550111');
  await stack.rows(`update contacts set do_not_call_at = now() - interval '1 day' where id = $1`, id);
  await owner.call('POST', '/do-not-call', { phone: '+14155550111' });
  expect((await owner.call('DELETE', '/do-not-call/+14155550111')).body.data).toMatchObject({ contacts: 0 });
  expect(await markOf(id)).toEqual(expect.any(Number));
});

test('what is no number is refused in words, and roles and workspaces hold', async () => {
  expect(await owner.call('POST', '/do-not-call', { phone: '555-01' })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input' } },
  });
  await owner.call('POST', '/do-not-call', { phone: '+14155550122' });
  const other = await stack.signUp();
  expect((await other.call('GET', '/do-not-call')).body.total).toBe(0);
  expect((await other.call('DELETE', '/do-not-call/+14155550122')).status).toBe(404);
  const viewer = await stack.join(owner, 'VIEWER');
  expect((await viewer.call('POST', '/do-not-call', { phone: '+14155550123' })).status).toBe(403);
  const agent = await stack.join(owner, 'AGENT');
  expect((await agent.call('DELETE', '/do-not-call/+14155550122')).status).toBe(403);
});
