import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../shared/auth/auth-requests.ts';
import { linkIn, readMails } from '../../testing/mail-reader.ts';
import { PASSWORD, startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'people-'));
let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker', DATA_DIR: dataDir });
  owner = await stack.signUp('Acme');
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true });
});

const auth = (path: string, body: unknown) => stack.request('POST', `/api/auth/${path}`, { body });
const newest = (to: string, about: RegExp) =>
  expect.poll(async () => (await readMails(dataDir, to)).find((mail) => about.test(mail.subject)), { timeout: 10_000 });
const mailTo = async (to: string, about: RegExp) => {
  await newest(to, about).toBeTruthy();
  return (await readMails(dataDir, to)).find((mail) => about.test(mail.subject));
};

type Invitation = { id: string; link: string; mailed: boolean; expiresAt: number };

async function invite(role = 'AGENT', email = `${randomUUID()}@test.example`) {
  const { body, status } = await owner.call('POST', '/members/invitations', { email, role });
  expect([status, body.error]).toEqual([200, undefined]);
  const { link, ...rest } = body.data as Invitation;
  return { ...rest, link, email, token: link.split('/').at(-1) ?? '' };
}

const accept = (token: string) =>
  auth(`invitations/${token}/accept`, {
    name: 'Nina New',
    password: 'four unusual words here',
    deviceId: randomUUID(),
  });

test('somebody is invited by mail, looks at the offer, accepts it, and is a member from then on', async () => {
  const { id, link, email, token, mailed } = await invite('MANAGER');
  expect(mailed).toBe(true);
  const mail = await mailTo(email, /invites you to Acme/);
  expect(linkIn(mail)).toBe(link);
  expect(link).toBe(`http://crm.test/join/${token}`);
  const offer = await stack.request('GET', `/api/auth/invitations/${token}`);
  expect(offer.body.data).toMatchObject({ email, role: 'MANAGER', tenantName: 'Acme', invitedBy: 'Olive Owner' });
  const session = (await accept(token)).body.data as Session;
  expect(session.identity).toMatchObject({ email, role: 'MANAGER', tenantId: owner.tenantId, name: 'Nina New' });
  expect((await stack.request('GET', '/api/contacts', { token: session.accessToken })).status).toBe(200);
  expect(await stack.rows('select 1 from admin_items where id = $1', id)).toEqual([]);
  const audit = await stack.rows<{ action: string }>(
    'select action from audit_log where entity_id = $1 or entity_id = $2 order by at, id',
    id,
    session.identity.userId,
  );
  expect(audit.map(({ action }) => action)).toEqual(['members.invite', 'members.join']);
});

test('a link that was used, taken back, replaced or is over says which, and lets nobody in', async () => {
  const reasonOf = async (token: string) => {
    const { status, body } = await accept(token);
    const seen = await stack.request('GET', `/api/auth/invitations/${token}`);
    expect([seen.status, seen.body.error]).toEqual([status, body.error]);
    return [status, body.error?.details?.['reason']];
  };
  const used = await invite();
  await accept(used.token);
  expect(await reasonOf(used.token)).toEqual([404, 'used']);
  const revoked = await invite();
  await owner.push({ name: 'invitations.revoke', input: { id: revoked.id } });
  expect(await reasonOf(revoked.token)).toEqual([404, 'revoked']);
  const replaced = await invite();
  const next = await owner.call('POST', `/members/invitations/${replaced.id}/renew`, { sendMail: false });
  expect(await reasonOf(replaced.token)).toEqual([404, 'replaced']);
  const over = (next.body.data as Invitation).link.split('/').at(-1) ?? '';
  await stack.rows(`update invitations set expires_at = now() - interval '1 second' where id = $1`, replaced.id);
  expect(await reasonOf(over)).toEqual([422, 'expired']);
  expect(await reasonOf('never-made-by-anybody')).toEqual([404, 'unknown']);
});

test('what somebody invited ends with their access, unless another administrator has sent it again since', async () => {
  const admin = await stack.join(owner, 'ADMIN');
  const inviteBy = async () => {
    const email = `${randomUUID()}@test.example`;
    const { body } = await admin.call('POST', '/members/invitations', { email, role: 'ADMIN', sendMail: false });
    return { id: String(body.data.id), token: String(body.data.link).split('/').pop() ?? '' };
  };
  const [back, vouched] = [await inviteBy(), await inviteBy()];
  const again = await owner.call('POST', `/members/invitations/${vouched.id}/renew`, { sendMail: false });
  await owner.push({ name: 'members.deactivate', input: { userId: admin.userId } });
  const reply = await accept(back.token);
  expect([reply.status, reply.body.error?.details]).toEqual([404, { reason: 'revoked' }]);
  expect(await stack.rows('select 1 from admin_items where id = $1', back.id)).toEqual([]);
  expect((await accept(String(again.body.data.link).split('/').pop() ?? '')).status).toBe(200);
});

test('of two who accept one link at once only one becomes a member', async () => {
  const { token, email } = await invite();
  const replies = await Promise.all([accept(token), accept(token)]);
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
  expect(await stack.rows('select 1 from users where email = $1', email)).toHaveLength(1);
});

test('an address with an account or an open invitation is not invited again', async () => {
  const { email } = await invite();
  for (const taken of [email, owner.email.toUpperCase()])
    expect(await owner.call('POST', '/members/invitations', { email: taken, role: 'AGENT' })).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict' } },
    });
});

test('the server’s own page makes the account without signing anybody in', async () => {
  const { token, email } = await invite();
  const page = await fetch(`${stack.url}/join/${token}`);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await page.text()).not.toContain(token);
  const joined = await auth(`invitations/${token}/join`, { name: 'Nina', password: 'four unusual words here' });
  expect(joined.body).toEqual({ data: { email } });
  expect(
    await stack.rows('select 1 from devices d join users u on u.id = d.user_id where u.email = $1', email),
  ).toEqual([]);
  const signedIn = await auth('sign-in', { email, password: 'four unusual words here', deviceId: randomUUID() });
  expect(signedIn.status).toBe(200);
});

test('a role that is changed, or access that is taken away, holds for the very next request', async () => {
  const agent = await stack.join(owner, 'AGENT');
  const write = () => agent.call('POST', '/contacts', { firstName: 'X' });
  expect((await write()).status).toBe(200);
  await owner.push({ name: 'members.setRole', input: { userId: agent.userId, role: 'VIEWER' } });
  await expect.poll(async () => (await write()).status, { timeout: 500, interval: 10 }).toBe(403);
  await owner.push({ name: 'members.deactivate', input: { userId: agent.userId } });
  await expect
    .poll(async () => (await write()).body.error?.details?.['reason'], { timeout: 500, interval: 10 })
    .toBe('removed');
  const [row] = await stack.rows<{ ended: boolean }>(
    'select bool_and(ended_at is not null) as ended from refresh_tokens where user_id = $1',
    agent.userId,
  );
  expect(row?.ended).toBe(true);
  expect(await auth('sign-in', { email: agent.email, password: PASSWORD, deviceId: randomUUID() })).toMatchObject({
    status: 401,
  });
  await owner.push({ name: 'members.reactivate', input: { userId: agent.userId } });
  expect((await auth('sign-in', { email: agent.email, password: PASSWORD, deviceId: randomUUID() })).status).toBe(200);
});

test('nobody changes their own access or the owner’s', async () => {
  const admin = await stack.join(owner, 'ADMIN');
  for (const userId of [admin.userId, owner.userId])
    for (const [name, input] of [
      ['members.setRole', { userId, role: 'VIEWER' }],
      ['members.deactivate', { userId }],
    ] as const)
      expect(await admin.push({ name, input })).toMatchObject([{ status: 'refused', code: 'not_allowed_now' }]);
});

test('ownership is handed over with the password, to an active member, and there is always one owner', async () => {
  const first = await stack.signUp();
  const next = await stack.join(first, 'AGENT');
  const owners = () =>
    stack.rows<{ id: string }>(`select id from users where tenant_id = $1 and role = 'OWNER'`, first.tenantId);
  const give = (password: string) => first.call('POST', '/workspace/owner', { userId: next.userId, password });
  expect(await give('not my password')).toMatchObject({
    status: 400,
    body: { error: { details: { reason: 'password' } } },
  });
  expect(await first.call('POST', '/workspace/leave', { password: PASSWORD })).toMatchObject({
    status: 409,
    body: { error: { details: { reason: 'last_owner' } } },
  });
  expect((await give(PASSWORD)).status).toBe(200);
  expect(await owners()).toEqual([{ id: next.userId }]);
  expect((await first.call('POST', '/workspace/leave', { password: PASSWORD })).status).toBe(200);
  await expect
    .poll(async () => (await first.call('GET', '/contacts')).body.error?.details?.['reason'], { timeout: 2_000 })
    .toBe('removed');
});

test('a profile is one’s own, and colleagues see it', async () => {
  const agent = await stack.join(owner, 'AGENT');
  await agent.push({
    name: 'profile.update',
    input: { name: 'Anna', signature: 'Best, Anna', timezone: 'Europe/Berlin' },
  });
  expect(await stack.rows('select body from workspace_items where id = $1', agent.userId)).toMatchObject([
    { body: { name: 'Anna', signature: 'Best, Anna', timezone: 'Europe/Berlin', language: null } },
  ]);
  await agent.push(
    { name: 'profile.markSeen', input: { what: ['tour'] } },
    { name: 'profile.markSeen', input: { what: ['tour', 'hint'] } },
  );
  expect(await stack.rows(`select body from own_items where user_id = $1 and kind = 'seen'`, agent.userId)).toEqual([
    { body: { what: ['tour', 'hint'] } },
  ]);
});

test('a forgotten password: the same answer for everybody, one mail, one use, and every session ends', async () => {
  const person = await stack.join(owner, 'AGENT');
  const known = await auth('password/forgot', { email: person.email });
  const unknown = await auth('password/forgot', { email: 'nobody@test.example' });
  expect([known.status, known.body]).toEqual([200, { data: {} }]);
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
  const token =
    linkIn(await mailTo(person.email, /new Switchboard password/))
      .split('/')
      .at(-1) ?? '';
  expect(await readMails(dataDir, 'nobody@test.example')).toEqual([]);
  const reset = (newPassword: string) => auth('password/reset', { token, newPassword });
  expect((await reset('password12345')).body.error?.code).toBe('invalid_input');
  expect((await reset('four other unusual words')).status).toBe(200);
  expect(await reset('four more unusual words')).toMatchObject({
    status: 404,
    body: { error: { details: { reason: 'used' } } },
  });
  await expect.poll(async () => (await person.call('GET', '/contacts')).status, { timeout: 2_000 }).toBe(401);
  const again = await auth('sign-in', {
    email: person.email,
    password: 'four other unusual words',
    deviceId: randomUUID(),
  });
  expect(again.status).toBe(200);
  expect(await mailTo(person.email, /password was changed/)).toBeTruthy();
});

test('a link for a new password is over after an hour, and a newer one ends it', async () => {
  const person = await stack.join(owner, 'AGENT');
  const ask = async (count: number) => {
    await auth('password/forgot', { email: person.email });
    await expect.poll(async () => (await readMails(dataDir, person.email)).length, { timeout: 10_000 }).toBe(count);
    return (
      linkIn((await readMails(dataDir, person.email))[0])
        .split('/')
        .at(-1) ?? ''
    );
  };
  const first = await ask(1);
  const second = await ask(2);
  const reset = (token: string) => auth('password/reset', { token, newPassword: 'four other unusual words' });
  expect((await reset(first)).body.error?.details).toEqual({ reason: 'used' });
  await stack.rows(`update password_resets set expires_at = now() where user_id = $1`, person.userId);
  expect((await reset(second)).body.error?.details).toEqual({ reason: 'expired' });
});

test('links that wait to be mailed are sealed in the queue', async () => {
  const { token } = await invite();
  const jobs = await stack.rows<{ data: unknown }>(`select data from pgboss.job where name = 'mail.send'`);
  expect(jobs.length).toBeGreaterThan(0);
  expect(JSON.stringify(jobs)).not.toContain(token);
  expect(JSON.stringify(jobs)).not.toContain('/join/');
});
