import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../shared/auth/auth-requests.ts';
import { createLiveSessions } from './sessions/live-session.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack.close());

const password = 'a long password';
const post = (path: string, body: unknown) => stack.request('POST', `/api/auth/${path}`, { body });

async function signUp(email = `${randomUUID()}@test.example`) {
  const deviceId = randomUUID();
  const reply = await post('sign-up', { tenantName: 'Acme', name: 'Ada', email, password, country: 'DE', deviceId });
  return { email, deviceId, session: reply.body.data as Session };
}

test('signing up makes a tenant with its owner, and the session works at once', async () => {
  const { email, session } = await signUp();
  expect(session.identity).toMatchObject({ tenantName: 'Acme', country: 'DE', name: 'Ada', email, role: 'OWNER' });
  const me = await stack.request('GET', '/api/auth/me', { token: session.accessToken });
  expect(me.body).toEqual({ data: session.identity });
  const audit = await stack.rows(
    'select action, entity_id from audit_log where tenant_id = $1',
    session.identity.tenantId,
  );
  expect(audit).toEqual([{ action: 'auth.signUp', entity_id: session.identity.tenantId }]);
});

test('members are published to desktops without anything secret', async () => {
  const { session, email } = await signUp();
  const items = await stack.rows(
    'select kind, body from workspace_items where tenant_id = $1 order by kind',
    session.identity.tenantId,
  );
  const settings = {
    messageDays: null,
    timezone: null,
    currency: null,
    senderName: null,
    businessHours: null,
    brandColor: null,
    retention: null,
    secondFactorRequired: false,
  };
  expect(items).toEqual([
    {
      kind: 'member',
      body: {
        name: 'Ada',
        email,
        role: 'OWNER',
        active: true,
        signature: null,
        timezone: null,
        language: null,
        secondFactor: false,
      },
    },
    { kind: 'tenant', body: { ...settings, name: 'Acme', country: 'DE' } },
  ]);
});

test('an email that has an account cannot sign up again', async () => {
  const { email } = await signUp();
  const reply = await post('sign-up', {
    tenantName: 'B',
    name: 'B',
    email: email.toUpperCase(),
    password,
    deviceId: randomUUID(),
  });
  expect(reply).toMatchObject({
    status: 409,
    body: { error: { code: 'conflict', details: { fields: { email: 'Taken' } } } },
  });
});

test('a short password is refused with words beside the field', async () => {
  const reply = await post('sign-up', {
    tenantName: 'B',
    name: 'B',
    email: 'b@test.example',
    password: 'short',
    deviceId: randomUUID(),
  });
  expect(reply).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input', details: { fields: { password: 'Use at least 10 characters' } } } },
  });
});

test('a wrong password and an unknown email get the same answer', async () => {
  const { email } = await signUp();
  const deviceId = randomUUID();
  const wrong = await post('sign-in', { email, password: 'not the password', deviceId });
  const unknown = await post('sign-in', { email: `${randomUUID()}@test.example`, password, deviceId });
  expect(wrong.status).toBe(401);
  expect(wrong.body).toEqual(unknown.body);
});

test('signing in takes any spelling of the email and remembers the device', async () => {
  const { email, session } = await signUp();
  const deviceId = randomUUID();
  const reply = await post('sign-in', { email: ` ${email.toUpperCase()} `, password, deviceId, deviceName: 'Laptop' });
  expect(reply.body.data.identity).toEqual(session.identity);
  expect(await stack.rows('select name from devices where id = $1', deviceId)).toEqual([{ name: 'Laptop' }]);
});

test('ten wrong passwords for one email close the door for a while, also for the right one', async () => {
  const { email } = await signUp();
  const tries = [];
  for (let i = 0; i < 10; i++)
    tries.push(await post('sign-in', { email, password: `wrong ${i}`, deviceId: randomUUID() }));
  expect(tries.map(({ status }) => status)).toEqual(Array(10).fill(401));
  const right = await post('sign-in', { email, password, deviceId: randomUUID() });
  expect(right).toMatchObject({ status: 429, body: { error: { code: 'limit_reached' } } });
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a refresh token is good for one use, and a second use ends every session of that device but no other', async () => {
  const { email, session } = await signUp();
  const other = (await post('sign-in', { email, password, deviceId: randomUUID() })).body.data as Session;
  const next = await post('refresh', { refreshToken: session.refreshToken });
  expect(next.status).toBe(200);
  const again = await post('refresh', { refreshToken: session.refreshToken });
  expect(again).toMatchObject({
    status: 401,
    body: { error: { code: 'unauthenticated', details: { reason: 'reused' } } },
  });
  const successor = await post('refresh', { refreshToken: next.body.data.refreshToken });
  expect(successor).toMatchObject({ status: 401, body: { error: { details: { reason: 'ended' } } } });
  expect((await post('refresh', { refreshToken: other.refreshToken })).status).toBe(200);
});

test('of two simultaneous uses of a refresh token at most one gets a session', async () => {
  const { session } = await signUp();
  const replies = await Promise.all([1, 2].map(() => post('refresh', { refreshToken: session.refreshToken })));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 401]));
});

test('an expired refresh token and an unknown one are refused', async () => {
  const { session } = await signUp();
  await stack.rows(
    `update refresh_tokens set expires_at = now() - interval '1 day' where tenant_id = $1`,
    session.identity.tenantId,
  );
  expect(await post('refresh', { refreshToken: session.refreshToken })).toMatchObject({
    status: 401,
    body: { error: { details: { reason: 'expired' } } },
  });
  expect((await post('refresh', { refreshToken: 'made up' })).status).toBe(401);
});

test('signing out ends the session, and doing it twice is fine', async () => {
  const { session } = await signUp();
  expect((await post('sign-out', { refreshToken: session.refreshToken })).status).toBe(200);
  expect((await post('sign-out', { refreshToken: session.refreshToken })).status).toBe(200);
  expect((await post('refresh', { refreshToken: session.refreshToken })).status).toBe(401);
});

test('a member who was switched off can neither sign in nor refresh', async () => {
  const { email, session } = await signUp();
  await stack.rows('update users set active = false where email = $1', email);
  expect((await post('sign-in', { email, password, deviceId: randomUUID() })).status).toBe(401);
  expect((await post('refresh', { refreshToken: session.refreshToken })).status).toBe(401);
});

test('passwords and refresh tokens are stored only as hashes', async () => {
  const { email, session } = await signUp();
  const [user] = await stack.rows<{ password_hash: string }>('select password_hash from users where email = $1', email);
  expect(user?.password_hash).toMatch(/^\$argon2id\$/);
  expect(await stack.rows('select 1 from refresh_tokens where token_hash = $1', session.refreshToken)).toEqual([]);
});

test('a token that is missing, forged or expired gets 401', async () => {
  const { session } = await signUp();
  const [header, payload] = session.accessToken.split('.');
  for (const token of ['', 'nonsense', `${header}.${payload}.AAAA`]) {
    const reply = await stack.request('GET', '/api/contacts', { token });
    expect(reply).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } });
  }
});

const reasonOf = async (token: string) => {
  const { status, body } = await stack.request('GET', '/api/contacts', { token });
  return status === 200 ? 'fine' : body.error?.details?.['reason'];
};

test('signing out ends the access token too, at once and on that device only', async () => {
  const { email, session } = await signUp();
  const other = (await post('sign-in', { email, password, deviceId: randomUUID() })).body.data as Session;
  expect(await reasonOf(session.accessToken)).toBe('fine');
  await post('sign-out', { refreshToken: session.refreshToken });
  expect(await reasonOf(session.accessToken)).toBe('ended');
  expect(await reasonOf(other.accessToken)).toBe('fine');
});

test('signing in again on a device is not held up by the sign-out before it', async () => {
  const { email, deviceId, session } = await signUp();
  await post('sign-out', { refreshToken: session.refreshToken });
  expect(await reasonOf(session.accessToken)).toBe('ended');
  const again = (await post('sign-in', { email, password, deviceId })).body.data as Session;
  expect(await reasonOf(again.accessToken)).toBe('fine');
});

test('a person who is switched off or deleted is turned away within a second or so, and told that they were removed', async () => {
  const [off, gone] = [await signUp(), await signUp()];
  for (const { session } of [off, gone]) expect(await reasonOf(session.accessToken)).toBe('fine');
  await stack.rows('update users set active = false where email = $1', off.email);
  await stack.rows('delete from users where email = $1', gone.email);
  for (const { session } of [off, gone]) {
    await expect.poll(() => reasonOf(session.accessToken), { timeout: 5_000 }).toBe('removed');
    expect(await post('refresh', { refreshToken: session.refreshToken })).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthenticated', details: { reason: 'removed' } } },
    });
  }
});

test('a new role counts within a second or so, for pushes and REST, and is told to every desktop of the team', async () => {
  const owner = await stack.signUp();
  const agent = await stack.join(owner, 'AGENT');
  const write = () => ({ name: 'contacts.create', input: { id: randomUUID(), firstName: 'X' } });
  expect(await agent.push(write())).toMatchObject([{ status: 'accepted' }]);
  await stack.rows(`update users set role = 'VIEWER' where id = $1`, agent.userId);
  await expect
    .poll(async () => (await agent.push(write()))[0], { timeout: 5_000 })
    .toMatchObject({ status: 'refused', code: 'forbidden' });
  expect(await agent.call('POST', '/contacts', { firstName: 'Y' })).toMatchObject({ status: 403 });
  expect(await stack.rows('select body from workspace_items where id = $1', agent.userId)).toMatchObject([
    { body: { role: 'VIEWER' } },
  ]);
  await stack.rows(`update users set role = 'MANAGER' where id = $1`, agent.userId);
  await expect.poll(async () => (await agent.push(write()))[0]?.status, { timeout: 5_000 }).toBe('accepted');
});

test('an answer about a session is asked of the database once for many requests, and again after a second', async () => {
  const { session, deviceId } = await signUp();
  const { userId, tenantId } = session.identity;
  let asked = 0;
  let now = 0;
  const query = stack.database.pool.query.bind(stack.database.pool) as (...args: unknown[]) => unknown;
  const counting = { query: (...args: unknown[]) => ((asked += 1), query(...args)) } as never;
  const sessions = createLiveSessions(counting, () => now);
  const claims = { userId, tenantId, deviceId };
  expect(await Promise.all([1, 2, 3].map(() => sessions.get(claims)))).toMatchObject(Array(3).fill({ role: 'OWNER' }));
  expect(asked).toBe(1);
  now = 1_000;
  await sessions.get(claims);
  expect(asked).toBe(2);
});

test('wrong passwords sent all at once are counted like those sent one by one', async () => {
  const email = `${randomUUID()}@test.example`;
  const tries = Array.from({ length: 14 }, () =>
    stack.request('POST', '/api/auth/sign-in', {
      body: { email, password: 'a guess of many', deviceId: randomUUID() },
    }),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
});
