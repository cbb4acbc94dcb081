import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../shared/catalog/operations.ts';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const routes = OPERATIONS.flatMap(({ routes }) => routes.map(({ method, path }) => [method, path] as const));
const FOREIGN = '01890000-0000-7000-8000-00000000dead';

test.each(routes)('%s %s asks who you are', async (method, path) => {
  const reply = await stack.request(method, `/api${path.replaceAll(/:\w+/g, FOREIGN)}`);
  expect(reply).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } });
});

test('a list answers its rows with page, limit and total', async () => {
  const someone = await stack.signUp();
  for (const firstName of ['Bea', 'Ann', 'Cleo']) await someone.call('POST', '/contacts', { firstName });
  const { body } = await someone.call('GET', '/contacts?page=2&limit=2&sortBy=name&sortOrder=desc');
  expect(body).toMatchObject({ page: 2, limit: 2, total: 3, data: [{ firstName: 'Ann' }] });
});

test('a list is searched by any words of name, company, phone or email, whatever case and accents', async () => {
  const someone = await stack.signUp();
  await someone.call('POST', '/contacts', {
    firstName: 'José',
    lastName: 'Núñez',
    company: '100% Wolle',
    phone: '+14155550101',
  });
  await someone.call('POST', '/contacts', { firstName: 'Josephine' });
  const search = async (text: string) =>
    (await someone.call('GET', `/contacts?search=${encodeURIComponent(text)}`)).body.total;
  expect(await search('nunez jose')).toBe(1);
  expect(await search('JOS')).toBe(2);
  expect(await search('5550101')).toBe(1);
  expect(await search('100%')).toBe(1);
  // No sign stands for any text.
  expect(await search('%')).toBe(0);
});

test('wrong fields are refused together, each with its reason', async () => {
  const reply = await owner.call('POST', '/contacts', { phone: '555', email: 'nobody' });
  expect(reply).toMatchObject({
    status: 400,
    body: {
      error: {
        code: 'invalid_input',
        details: { fields: { phone: 'A phone number is + and 7 to 15 digits', email: 'This is not an email address' } },
      },
    },
  });
});

test('a body that is not JSON, or too large, is refused in words', async () => {
  expect(await owner.call('POST', '/contacts', '{"firstName":')).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input', message: 'The body is not valid JSON. Nothing was changed.' } },
  });
  const large = await owner.call('POST', '/contacts', { firstName: 'x'.repeat(9_000_000) });
  expect(large).toMatchObject({ status: 413, body: { error: { code: 'invalid_input' } } });
});

test('text that Postgres cannot hold is the sender’s mistake, not ours', async () => {
  const reply = await owner.call('POST', '/contacts', { firstName: 'nul \u0000 byte' });
  expect(reply).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } });
});

test('an unknown route gets 404 in the envelope', async () => {
  expect(await owner.call('GET', '/nothing')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
});

test('what the path says wins over the body', async () => {
  const { body } = await owner.call('POST', '/contacts', { firstName: 'Path' });
  await owner.call('PATCH', `/contacts/${body.data.id}`, { id: FOREIGN, firstName: 'Changed' });
  expect((await owner.call('GET', `/contacts/${body.data.id}`)).body.data.firstName).toBe('Changed');
});

test('PUT is an alias of PATCH and leaves out what is not sent', async () => {
  const { body } = await owner.call('POST', '/contacts', { firstName: 'Put', company: 'Kept' });
  await owner.call('PUT', `/contacts/${body.data.id}`, { firstName: 'Done' });
  expect((await owner.call('GET', `/contacts/${body.data.id}`)).body.data).toMatchObject({
    firstName: 'Done',
    company: 'Kept',
  });
});

test('a tenant may burst to 200 requests, then waits; another tenant does not notice', async () => {
  const busy = await stack.signUp();
  const calm = await stack.signUp();
  const first = await busy.call('GET', '/contacts?limit=1');
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'ratelimit-limit': '100',
    'ratelimit-policy': '100;w=60;burst=200',
    'ratelimit-remaining': '199',
  });
  const statuses: number[] = [];
  for (let i = 0; i < 20; i++)
    statuses.push(
      ...(await Promise.all(Array.from({ length: 10 }, () => busy.call('GET', '/contacts?limit=1')))).map(
        (r) => r.status,
      ),
    );
  expect(statuses.filter((status) => status === 200)).toHaveLength(199);
  const refused = await busy.call('GET', '/contacts');
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'limit_reached' } } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await calm.call('GET', '/contacts')).status).toBe(200);
  // Syncing goes on.
  expect(await busy.push({ name: 'contacts.create', input: { firstName: 'Late' } })).toMatchObject([
    { status: 'accepted' },
  ]);
});

test('health, readiness and metrics answer without a token', async () => {
  expect((await stack.request('GET', '/healthz')).status).toBe(200);
  expect((await stack.request('GET', '/readyz')).body).toEqual({
    status: 'ready',
    parts: { database: true, jobs: true },
  });
  const metrics = await (await fetch(`${stack.url}/metrics`)).text();
  expect(metrics).toContain('http_request_seconds');
});

test('security headers and a request id come with every answer', async () => {
  const { headers } = await owner.call('GET', '/contacts');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/);
});
