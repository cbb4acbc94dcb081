import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Enrolled } from '../../../../shared/auth/auth-requests.ts';
import { PASSWORD, startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';
import { STEP_MS, totpOf } from './check-code.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack.close());

const auth = (path: string, body: unknown) => stack.request('POST', `/api/auth/${path}`, { body });
const codeOf = (secret: string, at = Date.now()) => totpOf(secret).generate({ timestamp: at });
const signIn = (email: string) => auth('sign-in', { email, password: PASSWORD, deviceId: randomUUID() });
const require = (person: Person, required: boolean) =>
  person.call('PUT', '/security/second-factor/required', { required });

async function setUp(person: Person): Promise<string> {
  const { body } = await person.call('POST', '/security/second-factor', { password: PASSWORD });
  const { secret } = body.data as { secret: string };
  const code = codeOf(secret, Date.now() - STEP_MS);
  expect((await person.call('POST', '/security/second-factor/confirm', { code })).status).toBe(200);
  return secret;
}

/** A workspace that asks everybody for a second factor, with its owner who has one and an agent who has none. */
async function strictWorkspace() {
  const owner = await stack.signUp();
  const agent = await stack.join(owner, 'AGENT');
  await setUp(owner);
  expect((await require(owner, true)).body.data).toEqual({ required: true });
  return { owner, agent };
}

async function challengeOf({ email }: Pick<Person, 'email'>): Promise<string> {
  const { status, body } = await signIn(email);
  expect([status, body.error?.details?.['reason']]).toEqual([401, 'second_factor_needed']);
  return String(body.error?.details?.['challenge']);
}

/** Somebody accepts an invitation of the workspace on their laptop. */
async function join(owner: Person) {
  const email = `${randomUUID()}@test.example`;
  const invited = await owner.call('POST', '/members/invitations', { email, role: 'AGENT', sendMail: false });
  const token = String((invited.body.data as { link: string }).link.split('/').at(-1));
  const device = { deviceId: randomUUID(), deviceName: 'Laptop' };
  return auth(`invitations/${token}/accept`, { name: 'Ada', password: PASSWORD, ...device });
}

test('who asks it of everybody has a second factor, is an administrator, and leaves a row in the log', async () => {
  const owner = await stack.signUp();
  const manager = await stack.join(owner, 'MANAGER');
  expect((await require(owner, true)).body.error).toMatchObject({
    code: 'not_allowed_now',
    details: { reason: 'own_first' },
  });
  expect((await require(manager, true)).status).toBe(403);
  await setUp(owner);
  await require(owner, true);
  await require(owner, true);
  expect(
    await stack.rows(
      `select user_id, before, after from audit_log where tenant_id = $1 and action = 'security.requireSecondFactor'`,
      owner.tenantId,
    ),
  ).toEqual([{ user_id: owner.userId, before: { required: false }, after: { required: true } }]);
  expect(await stack.rows('select body from workspace_items where id = $1', owner.tenantId)).toMatchObject([
    { body: { secondFactorRequired: true } },
  ]);
});

test('sessions of who has none rest at once, by REST, push, shapes and refresh; others and other workspaces go on', async () => {
  const stranger = await stack.signUp();
  const owner = await stack.signUp();
  const agent = await stack.join(owner, 'AGENT');
  const joined = await join(owner);
  const { refreshToken } = joined.body.data as Enrolled;
  expect((await agent.call('GET', '/contacts')).status).toBe(200);
  await setUp(owner);
  await require(owner, true);
  const reason = async (reply: ReturnType<TestStack['request']>) => (await reply).body.error?.details?.['reason'];
  await expect.poll(() => reason(agent.call('GET', '/contacts'))).toBe('second_factor_needed');
  expect(await reason(agent.call('POST', '/security/second-factor', { password: PASSWORD }))).toBe(
    'second_factor_needed',
  );
  expect(await reason(agent.call('GET', '/shapes/contacts?offset=-1'))).toBe('second_factor_needed');
  await expect(agent.push({ name: 'contacts.create', input: { firstName: 'A' } })).rejects.toThrow(
    /second_factor_needed/,
  );
  expect(await reason(auth('refresh', { refreshToken }))).toBe('second_factor_needed');
  expect((await owner.call('GET', '/contacts')).status).toBe(200);
  expect((await stranger.call('GET', '/contacts')).status).toBe(200);
  await require(owner, false);
  await expect.poll(async () => (await agent.call('GET', '/contacts')).status).toBe(200);
  // It was refused, not used up.
  expect((await auth('refresh', { refreshToken })).status).toBe(200);
});

test('the next sign-in leads through setting one up, lets in, and lets the session of another computer go on', async () => {
  const { agent } = await strictWorkspace();
  const challenge = await challengeOf(agent);
  const first = (await auth('second-factor/begin', { challenge })).body.data as { secret: string };
  const { secret } = (await auth('second-factor/begin', { challenge })).body.data as { secret: string };
  expect(secret).not.toBe(first.secret);
  const wrong = await auth('second-factor/confirm', { challenge, code: codeOf(first.secret) });
  expect(wrong.body.error?.details).toEqual({ reason: 'code', triesLeft: 4 });
  const reply = await auth('second-factor/confirm', { challenge, code: codeOf(secret) });
  const enrolled = reply.body.data as Enrolled;
  expect(enrolled.identity.userId).toBe(agent.userId);
  expect(new Set(enrolled.recoveryCodes).size).toBe(10);
  expect((await stack.request('GET', '/api/contacts', { token: enrolled.accessToken })).status).toBe(200);
  expect((await agent.call('GET', '/contacts')).status).toBe(200);
  expect((await auth('second-factor/confirm', { challenge, code: codeOf(secret) })).status).toBe(401);
  // From now on it is asked for like anybody's.
  expect((await signIn(agent.email)).body.error?.details).toMatchObject({ reason: 'second_factor' });
});

test('a challenge sets nothing up for who has a second factor, after five codes, or after its time', async () => {
  const { agent } = await strictWorkspace();
  const [spent, late, other] = [await challengeOf(agent), await challengeOf(agent), await challengeOf(agent)];
  const { secret } = (await auth('second-factor/begin', { challenge: spent })).body.data as { secret: string };
  const wrong = String((Number(codeOf(secret)) + 1) % 1_000_000).padStart(6, '0');
  for (let i = 0; i < 5; i += 1) await auth('second-factor/confirm', { challenge: spent, code: wrong });
  const details = async (path: string, body: object) => (await auth(path, body)).body.error?.details;
  expect(await details('second-factor/confirm', { challenge: spent, code: codeOf(secret) })).toEqual({
    reason: 'challenge',
  });
  await stack.rows(
    `update sign_in_challenges set expires_at = now() where user_id = $1 and tries = 0 and token_hash =
       encode(sha256($2::bytea), 'hex')`,
    agent.userId,
    late,
  );
  expect(await details('second-factor/begin', { challenge: late })).toEqual({ reason: 'challenge' });
  const begun = (await auth('second-factor/begin', { challenge: other })).body.data as { secret: string };
  const another = await challengeOf(agent);
  await auth('second-factor/confirm', { challenge: other, code: codeOf(begun.secret) });
  expect(await details('second-factor/begin', { challenge: another })).toEqual({ reason: 'challenge' });
  expect(await details('second-factor', { challenge: another, code: 'abcdefgh' })).toMatchObject({ reason: 'code' });
});

test('who lost their phone gets in with a recovery code, takes the old one away and sets up the next', async () => {
  const { agent } = await strictWorkspace();
  const challenge = await challengeOf(agent);
  const begun = (await auth('second-factor/begin', { challenge })).body.data as { secret: string };
  const enrolled = (await auth('second-factor/confirm', { challenge, code: codeOf(begun.secret) })).body
    .data as Enrolled;
  const asked = String((await signIn(agent.email)).body.error?.details?.['challenge']);
  const back = await auth('second-factor', { challenge: asked, code: enrolled.recoveryCodes[0] });
  const token = (back.body.data as Enrolled).accessToken;
  const removed = await stack.request('DELETE', '/api/security/second-factor', { token, body: { password: PASSWORD } });
  expect(removed.status).toBe(200);
  await expect
    .poll(async () => (await stack.request('GET', '/api/contacts', { token })).body.error?.details?.['reason'])
    .toBe('second_factor_needed');
  await challengeOf(agent);
});

test('an invitation to such a workspace makes a member, who sets one up before anything else', async () => {
  const { owner } = await strictWorkspace();
  const joined = await join(owner);
  expect(joined.body.error?.details).toMatchObject({ reason: 'second_factor_needed' });
  const challenge = String(joined.body.error?.details?.['challenge']);
  const begun = (await auth('second-factor/begin', { challenge })).body.data as { secret: string };
  const enrolled = await auth('second-factor/confirm', { challenge, code: codeOf(begun.secret) });
  expect(enrolled.body.data).toMatchObject({ identity: { role: 'AGENT', tenantId: owner.tenantId } });
});

test('a personal token of who has none is refused, a token of the workspace goes on', async () => {
  const owner = await stack.signUp();
  const agent = await stack.join(owner, 'AGENT');
  const make = async (person: Person, kind: string) => {
    const input = { name: 'Script', kind, scopes: ['contacts:read'], expiresInDays: 7 };
    return ((await person.call('POST', '/tokens', input)).body.data as { token: string }).token;
  };
  const [personal, service] = [await make(agent, 'personal'), await make(owner, 'service')];
  await setUp(owner);
  await require(owner, true);
  const list = (token: string) => stack.request('GET', '/api/contacts', { token });
  expect((await list(personal)).body.error?.details).toEqual({ reason: 'second_factor_needed' });
  expect((await list(service)).status).toBe(200);
});
