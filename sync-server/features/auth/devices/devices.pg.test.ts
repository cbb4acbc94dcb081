import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../../shared/auth/auth-requests.ts';
import { PASSWORD, startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const auth = (path: string, body: unknown) => stack.request('POST', `/api/auth/${path}`, { body });

async function signedIn({ email }: Person) {
  const deviceId = randomUUID();
  const device = { deviceId, deviceName: 'Laptop', platform: 'linux', appVersion: '0.1.0' };
  const session = (await auth('sign-in', { email, password: PASSWORD, ...device })).body.data as Session;
  const [item] = await stack.rows<{ id: string; body: Record<string, unknown> }>(
    `select id, body from own_items where kind = 'device' and body ->> 'deviceId' = $1`,
    deviceId,
  );
  return { deviceId, session, id: item?.id ?? '', item: item?.body };
}

const bodyOf = async (id: string) =>
  (await stack.rows<{ body: Record<string, unknown> }>('select body from own_items where id = $1', id))[0]?.body;
const reasonOf = async ({ accessToken }: Session) =>
  (await stack.request('GET', '/api/contacts', { token: accessToken })).body.error?.details?.['reason'] ?? 'fine';
const soon = (what: () => Promise<unknown>) => expect.poll(what, { timeout: 900, interval: 10 });

test('a device is listed for its person and the administrators, and a refresh tells what became of its app', async () => {
  const person = await stack.join(owner, 'AGENT');
  const { session, id, item, deviceId } = await signedIn(person);
  expect(item).toMatchObject({
    userId: person.userId,
    deviceId,
    name: 'Laptop',
    platform: 'linux',
    appVersion: '0.1.0',
    endedAt: null,
    wipeAskedAt: null,
    wipedAt: null,
  });
  expect(await stack.rows('select body from admin_items where id = $1', id)).toEqual([{ body: item }]);
  await auth('refresh', { refreshToken: session.refreshToken, platform: 'linux', appVersion: '0.2.0' });
  expect(await bodyOf(id)).toMatchObject({ appVersion: '0.2.0' });
});

test('a device is signed out by its person or an administrator, at once, and by nobody else', async () => {
  const person = await stack.join(owner, 'AGENT');
  const colleague = await stack.join(owner, 'MANAGER');
  const [one, other] = [await signedIn(person), await signedIn(person)];
  expect(await reasonOf(one.session)).toBe('fine');
  expect(await colleague.push({ name: 'devices.end', input: { id: one.id } })).toMatchObject([
    { status: 'refused', code: 'not_found' },
  ]);
  await person.push({ name: 'devices.end', input: { id: one.id } });
  await soon(() => reasonOf(one.session)).toBe('ended');
  expect(await bodyOf(one.id)).toMatchObject({ endedAt: expect.any(Number) });
  expect(await reasonOf(other.session)).toBe('fine');
  await owner.push({ name: 'devices.end', input: { id: other.id } });
  await soon(() => reasonOf(other.session)).toBe('ended');
});

test('an administrator does not touch the owner’s devices', async () => {
  const admin = await stack.join(owner, 'ADMIN');
  const { id } = await signedIn(owner);
  for (const name of ['devices.end', 'devices.wipe'])
    expect(await admin.push({ name, input: { id } })).toMatchObject([{ status: 'refused', code: 'not_allowed_now' }]);
});

test('a device that is to be wiped is told so at its next contact of any kind, and nothing else', async () => {
  const person = await stack.join(owner, 'AGENT');
  const { session, id, deviceId } = await signedIn(person);
  expect(await reasonOf(session)).toBe('fine');
  await owner.push({ name: 'devices.wipe', input: { id } });
  await soon(() => reasonOf(session)).toBe('wiped');
  const token = session.accessToken;
  const push = await stack.request('POST', '/api/sync/push', { token, body: { protocol: 1, deviceId, writes: [] } });
  expect(push.body.error?.details).toEqual({ reason: 'wiped' });
  const refresh = await auth('refresh', { refreshToken: session.refreshToken });
  expect([refresh.status, refresh.body.error?.details]).toEqual([401, { reason: 'wiped' }]);
  const again = await auth('sign-in', { email: person.email, password: PASSWORD, deviceId });
  expect([again.status, again.body.error?.details]).toEqual([401, { reason: 'wiped' }]);
});

test('a member who is gone as well is still told to wipe', async () => {
  const person = await stack.join(owner, 'AGENT');
  const { session, id } = await signedIn(person);
  await owner.push(
    { name: 'devices.wipe', input: { id } },
    { name: 'members.deactivate', input: { userId: person.userId } },
  );
  const refresh = await auth('refresh', { refreshToken: session.refreshToken });
  expect(refresh.body.error?.details).toEqual({ reason: 'wiped' });
});

test('the device confirms, after which it is wiped for good and its tokens are only ended ones', async () => {
  const person = await stack.join(owner, 'AGENT');
  const { session, id } = await signedIn(person);
  const { refreshToken } = session;
  expect((await auth('wiped', { refreshToken })).status).toBe(200);
  expect(await bodyOf(id)).toMatchObject({ wipedAt: null });
  await owner.push({ name: 'devices.wipe', input: { id } });
  expect((await auth('wiped', { refreshToken: 'made up' })).status).toBe(200);
  await auth('wiped', { refreshToken });
  expect(await bodyOf(id)).toMatchObject({ wipeAskedAt: expect.any(Number), wipedAt: expect.any(Number) });
  expect((await auth('refresh', { refreshToken })).body.error?.details).toEqual({ reason: 'ended' });
  expect(await stack.rows(`select action from audit_log where entity_id = $1 order by at, id`, id)).toEqual([
    { action: 'devices.wipe' },
    { action: 'devices.wiped' },
  ]);
});

/** Holds the row of a device while `work` runs, which says when to let it go. */
async function holding(deviceId: string, work: (letGo: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const client = await stack.database.pool.connect();
  try {
    await client.query('begin');
    await client.query('select from devices where id = $1 for update', [deviceId]);
    await work(() => client.query('commit'));
  } finally {
    await client.query('rollback');
    client.release();
  }
}
const waiting = (n: number) =>
  expect
    .poll(
      () =>
        stack.rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
      { timeout: 5_000, interval: 10 },
    )
    .toHaveLength(n);

test('a refresh that is under way while its device is signed out does not outlive that', async () => {
  const person = await stack.join(owner, 'AGENT');
  const { session, id, deviceId } = await signedIn(person);
  await holding(deviceId, async (letGo) => {
    const refreshed = auth('refresh', { refreshToken: session.refreshToken });
    await waiting(1);
    const ended = owner.push({ name: 'devices.end', input: { id } });
    await waiting(2);
    await letGo();
    expect(await ended).toMatchObject([{ status: 'accepted' }]);
    const fresh = (await refreshed).body.data as Session | undefined;
    const last = fresh ?? session;
    expect((await auth('refresh', { refreshToken: last.refreshToken })).body.error?.details).toEqual({
      reason: 'ended',
    });
  });
});

test('a sign-in at the same moment does not take back that a device is to be wiped', async () => {
  const person = await stack.join(owner, 'AGENT');
  const { id, deviceId } = await signedIn(person);
  await holding(deviceId, async (letGo) => {
    const wiped = owner.push({ name: 'devices.wipe', input: { id } });
    await waiting(1);
    const entered = auth('sign-in', { email: person.email, password: PASSWORD, deviceId, deviceName: 'Laptop' });
    await waiting(2);
    await letGo();
    expect(await wiped).toMatchObject([{ status: 'accepted' }]);
    expect((await entered).body.error?.details).toEqual({ reason: 'wiped' });
    expect(await bodyOf(id)).toMatchObject({ wipeAskedAt: expect.any(Number) });
  });
});

test('a sign-in with the old password that is under way while the password changes lets nobody in', async () => {
  const person = await stack.join(owner, 'AGENT');
  const { deviceId } = await signedIn(person);
  await holding(deviceId, async (letGo) => {
    const changed = person.call('POST', '/security/password', {
      password: PASSWORD,
      newPassword: 'four other unusual words',
    });
    await waiting(1);
    const entered = auth('sign-in', { email: person.email, password: PASSWORD, deviceId, deviceName: 'Laptop' });
    await waiting(2);
    await letGo();
    expect((await changed).status).toBe(200);
    expect((await entered).body.error?.details).toEqual({ reason: 'credentials' });
  });
});
