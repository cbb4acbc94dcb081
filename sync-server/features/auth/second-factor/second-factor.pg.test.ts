import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../../shared/auth/auth-requests.ts';
import { PASSWORD, startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';
import { STEP_MS, stepOfCode, totpOf } from './check-code.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const auth = (path: string, body: unknown) => stack.request('POST', `/api/auth/${path}`, { body });
const codeAt = (secret: string, at: number) => totpOf(secret).generate({ timestamp: at });

/** A person with a second factor. The code that set it up is of the step before, so that the one of now is still good. */
async function withFactor() {
  const person = await stack.join(owner, 'AGENT');
  const begun = await person.call('POST', '/security/second-factor', { password: PASSWORD });
  const { secret, uri } = begun.body.data as { secret: string; uri: string };
  const code = codeAt(secret, Date.now() - STEP_MS);
  const confirmed = await person.call('POST', '/security/second-factor/confirm', { code });
  expect(confirmed.status).toBe(200);
  return { person, secret, uri, recoveryCodes: (confirmed.body.data as { recoveryCodes: string[] }).recoveryCodes };
}

async function challengeOf({ email }: Person): Promise<string> {
  const { body } = await auth('sign-in', { email, password: PASSWORD, deviceId: randomUUID(), deviceName: 'Laptop' });
  expect(body.error).toMatchObject({ code: 'unauthenticated', details: { reason: 'second_factor' } });
  return String(body.error?.details?.['challenge']);
}

test('an app is set up with the password and a code, and shown to its person without the secret', async () => {
  const { person, secret, uri, recoveryCodes } = await withFactor();
  expect(new URL(uri).searchParams.get('issuer')).toBe('Switchboard');
  expect(new Set(recoveryCodes).size).toBe(10);
  const items = await stack.rows(
    `select body from own_items where user_id = $1 and kind = 'second_factor'`,
    person.userId,
  );
  expect(items).toEqual([{ body: { enabledAt: expect.any(Number), recoveryCodesLeft: 10 } }]);
  expect(await stack.rows('select body from workspace_items where id = $1', person.userId)).toMatchObject([
    { body: { secondFactor: true } },
  ]);
  const stored = JSON.stringify([
    await stack.rows('select * from second_factors'),
    await stack.rows('select * from recovery_codes'),
    await stack.rows('select * from audit_log'),
  ]);
  expect(stored).not.toContain(secret);
  for (const code of recoveryCodes) expect(stored).not.toContain(code);
});

test('the password alone lets nobody in any more; with the code of the app the sign-in goes on', async () => {
  const { person, secret } = await withFactor();
  const challenge = await challengeOf(person);
  const reply = await auth('second-factor', { challenge, code: codeAt(secret, Date.now()) });
  const session = reply.body.data as Session;
  expect(session.identity.userId).toBe(person.userId);
  expect((await stack.request('GET', '/api/contacts', { token: session.accessToken })).status).toBe(200);
  expect(await auth('second-factor', { challenge, code: codeAt(secret, Date.now()) })).toMatchObject({
    status: 401,
    body: { error: { details: { reason: 'challenge' } } },
  });
});

test('a code counts once, also when two enter it at the same time', async () => {
  const { person, secret } = await withFactor();
  const challenges = await Promise.all([challengeOf(person), challengeOf(person)]);
  const code = codeAt(secret, Date.now());
  const replies = await Promise.all(challenges.map((challenge) => auth('second-factor', { challenge, code })));
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
  const later = await auth('second-factor', { challenge: await challengeOf(person), code });
  expect(later.body.error?.details).toMatchObject({ reason: 'code' });
});

test('clocks may be one step apart and no more', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const now = 1_800_000_000_000;
  const step = now / STEP_MS;
  for (const off of [-1, 0, 1]) expect(stepOfCode(secret, codeAt(secret, now + off * STEP_MS), now)).toBe(step + off);
  for (const off of [-2, 2]) expect(stepOfCode(secret, codeAt(secret, now + off * STEP_MS), now)).toBeNull();
});

test('a challenge takes five codes and five minutes', async () => {
  const { person, secret } = await withFactor();
  const challenge = await challengeOf(person);
  const wrong = String((Number(codeAt(secret, Date.now())) + 1) % 1_000_000).padStart(6, '0');
  const reasons: unknown[] = [];
  for (let i = 0; i < 5; i += 1)
    reasons.push((await auth('second-factor', { challenge, code: wrong })).body.error?.details);
  expect(reasons).toEqual([
    ...[4, 3, 2, 1].map((triesLeft) => ({ reason: 'code', triesLeft })),
    { reason: 'challenge' },
  ]);
  expect((await auth('second-factor', { challenge, code: codeAt(secret, Date.now()) })).status).toBe(401);
  const late = await challengeOf(person);
  await stack.rows(`update sign_in_challenges set expires_at = now() where user_id = $1`, person.userId);
  expect(
    (await auth('second-factor', { challenge: late, code: codeAt(secret, Date.now()) })).body.error?.details,
  ).toEqual({
    reason: 'challenge',
  });
});

test('who has the password cannot try codes for ever by beginning again', async () => {
  const { person } = await withFactor();
  for (let i = 0; i < 4; i += 1) {
    const challenge = await challengeOf(person);
    for (let n = 0; n < 5; n += 1) await auth('second-factor', { challenge, code: 'not-a-code' });
  }
  const { status, body } = await auth('sign-in', { email: person.email, password: PASSWORD, deviceId: randomUUID() });
  expect([status, body.error?.code]).toEqual([429, 'limit_reached']);
});

test('challenges that were gathered beforehand give no more than twenty tries together', async () => {
  const { person, secret } = await withFactor();
  const gathered: string[] = [];
  for (let i = 0; i < 5; i += 1) gathered.push(await challengeOf(person));
  for (const challenge of gathered.slice(0, 4))
    for (let n = 0; n < 5; n += 1) await auth('second-factor', { challenge, code: 'not-a-code' });
  const [, , , , last] = gathered;
  const reply = await auth('second-factor', { challenge: last, code: codeAt(secret, Date.now()) });
  expect([reply.status, reply.body.error?.code]).toEqual([429, 'limit_reached']);
});

test('a challenge that the old password got is nothing once the password was changed', async () => {
  const { person, secret } = await withFactor();
  const challenge = await challengeOf(person);
  const newPassword = 'four other unusual words';
  expect((await person.call('POST', '/security/password', { password: PASSWORD, newPassword })).status).toBe(200);
  const reply = await auth('second-factor', { challenge, code: codeAt(secret, Date.now()) });
  expect(reply.body.error?.details).toEqual({ reason: 'challenge' });
});

test('a recovery code works once, however it is typed, and its person is told', async () => {
  const { person, recoveryCodes } = await withFactor();
  const code = ` ${(recoveryCodes[3] ?? '').toUpperCase().replaceAll('-', ' ')}`;
  expect((await auth('second-factor', { challenge: await challengeOf(person), code })).status).toBe(200);
  expect((await auth('second-factor', { challenge: await challengeOf(person), code })).status).toBe(401);
  expect(
    await stack.rows(
      `select body ->> 'recoveryCodesLeft' as left from own_items where user_id = $1 and kind = 'second_factor'`,
      person.userId,
    ),
  ).toEqual([{ left: '9' }]);
  const told = await stack.rows<{ what: string }>(
    `select params ->> 'what' as what from notifications where user_id = $1 and kind = 'SECURITY' order by created_at, id`,
    person.userId,
  );
  expect(told.map(({ what }) => what)).toContain('recovery_code_used');
});

test('new recovery codes end the old ones, and a second factor is removed with the password', async () => {
  const { person, recoveryCodes } = await withFactor();
  const renewed = await person.call('POST', '/security/recovery-codes', { password: PASSWORD });
  const [old, fresh] = [recoveryCodes[0], (renewed.body.data as { recoveryCodes: string[] }).recoveryCodes[0]];
  expect((await auth('second-factor', { challenge: await challengeOf(person), code: old })).status).toBe(401);
  expect((await auth('second-factor', { challenge: await challengeOf(person), code: fresh })).status).toBe(200);
  expect((await person.call('DELETE', '/security/second-factor', { password: 'wrong password' })).status).toBe(400);
  expect((await person.call('DELETE', '/security/second-factor', { password: PASSWORD })).status).toBe(200);
  const plain = await auth('sign-in', { email: person.email, password: PASSWORD, deviceId: randomUUID() });
  expect(plain.status).toBe(200);
});

test('what the administrators’ document says to run takes a lost second factor away', async () => {
  const { person } = await withFactor();
  const document = readFileSync('docs/administrator/people.md', 'utf8');
  const sql = /```sql\n([^`]*)```/.exec(document)?.[1] ?? '';
  await stack.database.pool.query(sql.replaceAll('ada@example.com', person.email));
  const plain = await auth('sign-in', { email: person.email, password: PASSWORD, deviceId: randomUUID() });
  expect(plain.status).toBe(200);
  expect(
    await stack.rows(`select 1 from own_items where user_id = $1 and kind = 'second_factor'`, person.userId),
  ).toEqual([]);
});

test('one that is set up is not replaced by who finds an open app', async () => {
  const { person } = await withFactor();
  expect(await person.call('POST', '/security/second-factor', { password: PASSWORD })).toMatchObject({ status: 409 });
  for (let i = 0; i < 10; i += 1) await person.call('DELETE', '/security/second-factor', { password: `guess ${i}` });
  expect((await person.call('DELETE', '/security/second-factor', { password: PASSWORD })).status).toBe(429);
});

test('changing the password ends every other session and goes on here', async () => {
  const person = await stack.join(owner, 'AGENT');
  const other = await stack.join(person);
  const change = await person.call('POST', '/security/password', {
    password: PASSWORD,
    newPassword: 'four other unusual words',
  });
  expect(change.status).toBe(200);
  await expect.poll(async () => (await other.call('GET', '/contacts')).status, { timeout: 2_000 }).toBe(401);
  expect((await person.call('GET', '/contacts')).status).toBe(200);
});

test('a sign-in on a device that is new to the person is told to them, the first device and a known one are not', async () => {
  const person = await stack.join(owner, 'AGENT');
  await stack.rows('delete from devices where user_id = $1', person.userId);
  const [first, second] = [randomUUID(), randomUUID()];
  const notices = async () =>
    (await stack.rows(`select 1 from notifications where user_id = $1 and kind = 'SECURITY'`, person.userId)).length;
  const signIn = (deviceId: string) =>
    auth('sign-in', { email: person.email, password: PASSWORD, deviceId, deviceName: 'Laptop' });
  await signIn(first);
  expect(await notices()).toBe(0);
  await signIn(second);
  expect(await notices()).toBe(1);
  await signIn(first);
  expect(await notices()).toBe(1);
});
