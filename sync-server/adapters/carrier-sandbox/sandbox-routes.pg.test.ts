import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

const NUMBER = '+15035550100';
const PHONE = '+14155550123';
let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  const addNumber = 'insert into phone_numbers (id, tenant_id, e164, created_at) values ($1, $2, $3, now())';
  await stack.rows(addNumber, randomUUID(), owner.tenantId, NUMBER);
});
afterAll(() => stack.close());

const send = (body: string) =>
  stack.request('POST', '/sandbox/texts', { body: { number: NUMBER, phone: PHONE, body } });
const thread = async () =>
  (await stack.request('GET', `/sandbox/texts?${new URLSearchParams({ number: NUMBER, phone: PHONE }).toString()}`))
    .body.data;

test('a text from the page arrives as from a carrier, and the answer is seen on the page with where it stands', async () => {
  expect((await send('Anybody there?')).body).toEqual({ data: { outcome: 'stored' } });
  const [contact] = await stack.rows<{ id: string }>('select id from contacts where phone = $1', PHONE);
  await owner.push({ name: 'messages.send', input: { contactId: contact?.id, body: 'Yes' } });
  expect(await thread()).toMatchObject([
    { direction: 'in', body: 'Anybody there?', status: 'received' },
    { direction: 'out', body: 'Yes', status: 'queued' },
  ]);
  const numbers = await stack.request('GET', '/sandbox/numbers');
  expect(numbers.body.data).toEqual([{ e164: NUMBER, tenantName: 'Test tenant' }]);
  const phones = await stack.request('GET', `/sandbox/phones?number=${encodeURIComponent(NUMBER)}`);
  expect(phones.body.data).toEqual([{ phone: PHONE, name: PHONE }]);
});

test('STOP from the page closes the way', async () => {
  await send('STOP');
  const [contact] = await stack.rows<{ id: string }>('select id from contacts where phone = $1', PHONE);
  expect(await owner.push({ name: 'messages.send', input: { contactId: contact?.id, body: 'More' } })).toMatchObject([
    { status: 'refused', details: { reason: 'opted_out' } },
  ]);
});

test('the page and its parts are served from here alone', async () => {
  for (const [path, type] of [
    ['/sandbox?from=%2B14155550123', 'text/html'],
    ['/sandbox/page.css', 'text/css'],
    ['/sandbox/page.js', 'text/javascript'],
  ] as const) {
    const { status, headers } = await stack.request('GET', path);
    expect({ path, status, type: headers.get('content-type')?.split(';')[0] }).toEqual({ path, status: 200, type });
  }
});

const statusWith = (headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request(`${stack.url}/sandbox/numbers`, { headers }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

test('a foreign web page, or a name pointed at this computer, gets nothing', async () => {
  expect(await statusWith({})).toBe(200);
  expect(await statusWith({ origin: 'https://evil.example' })).toBe(403);
  expect(await statusWith({ host: 'evil.example' })).toBe(403);
});

test('with a carrier account there is no sandbox', async () => {
  const real = await startTestStack({ TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'secret' });
  try {
    expect((await real.request('GET', '/sandbox')).status).toBe(404);
  } finally {
    await real.close();
  }
});
