import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../shared/catalog/operations.ts';
import { restRoutes } from '../../shared/catalog/rest-routes.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import { PASSWORD, startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const operations = OPERATIONS as unknown as readonly Operation[];
const AUTH = [
  'sign-up',
  'sign-in',
  'second-factor',
  'refresh',
  'sign-out',
  'wiped',
  'password/forgot',
  'password/reset',
  'invitations/x/accept',
  'invitations/x/join',
];
const PAGES = [
  '/join/abc',
  '/reset/abc',
  '/pages/join.js',
  '/sandbox',
  '/sandbox/mail',
  '/api/docs',
  '/api/docs/docs.js',
];
const get = (path: string, headers: Record<string, string> = {}) => fetch(stack.url + path, { headers });

test('no answer sets a cookie, and none that is sent lets anybody in', async () => {
  const token = owner.headers.authorization.replace('Bearer ', '');
  const answers = [
    ...(await Promise.all([...PAGES, '/api/openapi.json', '/healthz', '/nothing'].map((path) => get(path)))),
    ...(await Promise.all(AUTH.map((path) => fetch(`${stack.url}/api/auth/${path}`, { method: 'POST', body: '{}' })))),
    await fetch(`${stack.url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: owner.email, password: PASSWORD, deviceId: randomUUID() }),
    }),
    await get('/api/contacts', { authorization: owner.headers.authorization }),
  ];
  expect(answers.at(-2)?.status).toBe(200);
  for (const { url, headers } of answers) expect([url, headers.getSetCookie()]).toEqual([url, []]);
  const cookie = ['token', 'session', 'access_token', 'authorization'].map((name) => `${name}=${token}`).join('; ');
  expect((await get('/api/contacts', { cookie })).status).toBe(401);
});

describe('headers', () => {
  test('of data forbid everything, and no answer about people is kept by a cache', async () => {
    const { headers } = await get('/api/contacts', owner.headers);
    expect(headers.get('content-security-policy')).toBe(
      "base-uri 'none'; frame-ancestors 'none'; form-action 'none'; default-src 'none'",
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(PAGES)('of %s let it load what the server itself has, and be framed by nobody', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(200);
    const policy = reply.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
  });

  test('the pages hold no script and no style of their own, and nothing from elsewhere', () => {
    const folders = [
      'features/auth/pages',
      'adapters/mail-outbox/page',
      'adapters/carrier-sandbox/page',
      'http/docs/page',
    ];
    const files = folders.flatMap((folder) =>
      readdirSync(`sync-server/${folder}`)
        .filter((name) => name.endsWith('.html'))
        .map((name) => `sync-server/${folder}/${name}`),
    );
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const html = readFileSync(file, 'utf8');
      expect([file, /<script(?![^>]*src="\/)|<style|\son\w+=|style="|https?:\/\//.exec(html)]).toEqual([file, null]);
    }
  });
});

test('a wrong password takes as long for an address that has an account as for one that has none', async () => {
  const timeOf = async (email: string) => {
    const began = performance.now();
    await stack.request('POST', '/api/auth/sign-in', {
      body: { email, password: 'wrong one', deviceId: randomUUID() },
    });
    return performance.now() - began;
  };
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (let i = 0; i < 9; i += 1) {
    const { email } = await stack.join(owner, 'VIEWER');
    times.known.push(await timeOf(email));
    times.unknown.push(await timeOf(`${randomUUID()}@test.example`));
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[4] ?? 0;
  const [known, unknown] = [median(times.known), median(times.unknown)];
  // A hash takes tens of milliseconds; without it the difference would be tenfold.
  expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2);
});

/** What must never be read in an answer: SQL, places in code, files, names of tables and constraints. */
const INTERNAL =
  /\bselect\b.*\bfrom\b|insert into|violates|relation "|constraint|syntax error|\.ts:\d|\.js:\d|\bat (?:async )?\S+ \(|node_modules|\/work\/|\/home\/|\/tmp\/|ECONN|pg_|drizzle|ZodError|stack/i;

const ODD: unknown[] = [
  "'; drop table contacts; --",
  '\u0000',
  '\ud800',
  { $ne: null },
  ['x'],
  1e308,
  -1,
  '01890000-0000-7000-8000-00000000dead',
  null,
  'x'.repeat(10_000),
];

const queryOf = (fields: string[], odd: unknown): string =>
  new URLSearchParams(Object.fromEntries(fields.map((field) => [field, String(odd)]))).toString();

test('no refusal tells of anything inside, whatever is sent to whichever route', async () => {
  let asked = 0;
  for (const operation of operations) {
    const person = await stack.signUp();
    const fields = Object.keys((operation.input as unknown as { shape?: object }).shape ?? {});
    const [route] = operation.routes;
    for (const odd of ODD) {
      const body = Object.fromEntries(fields.map((field) => [field, odd]));
      const path = (route?.path ?? '').replaceAll(/:\w+/g, encodeURIComponent(String(odd).slice(0, 50).toWellFormed()));
      const query = operation.kind === 'query' ? `?${queryOf(fields, odd)}` : '';
      const reply = await person.call(
        route?.method ?? 'GET',
        path + query,
        operation.kind === 'query' ? undefined : body,
      );
      asked += 1;
      expect([operation.name, odd, reply.status]).not.toEqual([operation.name, odd, 500]);
      if (reply.body.error) {
        const { message, details } = reply.body.error;
        expect([
          operation.name,
          odd,
          INTERNAL.exec(message),
          INTERNAL.exec(JSON.stringify(details ?? {}).replaceAll('constraints', '')),
        ]).toEqual([operation.name, odd, null, null]);
      }
    }
  }
  expect(asked).toBeGreaterThan(400);
});

test('a fault of the server says so and no more, over REST, push and the routes of signing in', async () => {
  await stack.rows(`create function fail() returns trigger language plpgsql as
    $$ begin raise exception 'secret detail of table %', tg_table_name using errcode = 'XX001'; end $$`);
  for (const table of ['contacts', 'devices'])
    await stack.rows(`create trigger fail before insert or update on ${table} for each row execute function fail()`);
  const rest = await owner.call('POST', '/contacts', { firstName: 'X' });
  const [pushed] = await owner.push({ name: 'contacts.create', input: { firstName: 'X' } });
  const auth = await stack.request('POST', '/api/auth/sign-in', {
    body: { email: owner.email, password: PASSWORD, deviceId: randomUUID() },
  });
  expect([rest.status, auth.status]).toEqual([500, 500]);
  for (const told of [rest.body, pushed, auth.body]) {
    expect(JSON.stringify(told)).not.toMatch(/secret detail|XX001|contacts_|devices/);
    expect(JSON.stringify(told)).not.toMatch(INTERNAL);
  }
  for (const table of ['contacts', 'devices']) await stack.rows(`drop trigger fail on ${table}`);
});

test('a body that is no JSON, of another type or too large is refused in words, by every kind of route', async () => {
  const send = (path: string, body: string, type: string) =>
    fetch(stack.url + path, { method: 'POST', headers: { ...owner.headers, 'content-type': type }, body });
  for (const path of ['/api/contacts', '/api/auth/sign-in', '/api/sync/push'])
    for (const [body, type] of [
      ['{"a":', 'application/json'],
      ['<a/>', 'application/xml'],
      ['{}', 'application/json; charset=klingon'],
      [`"${'x'.repeat(9_000_000)}"`, 'application/json'],
    ] as const) {
      const reply = await send(path, body, type);
      const text = await reply.text();
      expect([path, type, reply.status >= 400 && reply.status < 500]).toEqual([path, type, true]);
      expect([path, type, INTERNAL.exec(text)]).toEqual([path, type, null]);
    }
});

test('the links of mails are not in the log', async () => {
  const { withoutTokens } = await import('./request-log.ts');
  const token = 'a'.repeat(43);
  for (const path of [`/join/${token}`, `/reset/${token}`, `/api/auth/invitations/${token}/accept`])
    expect(withoutTokens(path)).not.toContain(token);
  expect(withoutTokens('/api/contacts/01890000-0000-7000-8000-00000000dead')).toContain('00dead');
});

test('every operation is reached below /crm as well', async () => {
  const person = await stack.signUp();
  const made = await person.call('POST', '/crm/contacts', { firstName: 'By alias' });
  const id = String((made.body.data as { id: string }).id);
  expect((await person.call('PUT', `/crm/contacts/${id}`, { company: 'Acme' })).status).toBe(200);
  expect((await person.call('GET', `/crm/contacts/${id}`)).body.data).toMatchObject({
    firstName: 'By alias',
    company: 'Acme',
  });
  for (const operation of operations)
    for (const { method, path } of restRoutes(operation)) {
      const { status } = await stack.request(method, `/api${path.replaceAll(/:\w+/g, id)}`);
      expect([method, path, status]).toEqual([method, path, 401]);
    }
});
