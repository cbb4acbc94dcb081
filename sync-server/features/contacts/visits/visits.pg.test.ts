import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let id: string;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  id = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id, firstName: 'Ada' } });
});
afterAll(() => stack.close());

const url = 'https://acme.example/book?from=mail';

test('a visit is kept with where it came from, by a service token as well', async () => {
  const made = await owner.call('POST', '/tokens', {
    name: 'Pages',
    kind: 'service',
    scopes: ['contacts:write'],
    expiresInDays: 30,
  });
  const { token } = made.body.data;
  const visit = {
    url,
    referrer: 'https://mail.example',
    ip: '2001:db8::7',
    userAgent: 'Firefox',
    metadata: { campaign: 'june' },
  };
  const reply = await stack.request('POST', `/api/contacts/${id}/visits`, { token, body: visit });
  expect(reply.status).toBe(200);
  const rows = await stack.rows(
    'select url, referrer, host(ip) as ip, user_agent, metadata from contact_visits where contact_id = $1',
    id,
  );
  expect(rows).toEqual([
    { url, referrer: visit.referrer, ip: visit.ip, user_agent: 'Firefox', metadata: { campaign: 'june' } },
  ]);
});

test.each([
  ['an address that is no page', { url: 'javascript:alert(1)' }],
  ['a file', { url: 'file:///etc/passwd' }],
  ['an IP that is none', { url, ip: '999.1.1.1' }],
  ['metadata of more than 4 kB', { url, metadata: { a: 'x'.repeat(4_100) } }],
])('%s is refused, and nothing is kept', async (_, visit) => {
  const before = await stack.rows('select id from contact_visits');
  expect((await owner.call('POST', `/contacts/${id}/visits`, visit)).status).toBe(400);
  expect(await stack.rows('select id from contact_visits')).toEqual(before);
});

test('nobody of another workspace adds visits', async () => {
  const stranger = await stack.signUp();
  expect((await stranger.call('POST', `/contacts/${id}/visits`, { url })).status).toBe(404);
});
