import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../../shared/catalog/operations.ts';
import { scopeOf } from '../../../shared/people/token-scope.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/protocol-version.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const FULL = [...new Set(OPERATIONS.map(scopeOf).filter((scope) => scope !== null))];

async function makeToken(person: Person, scopes: string[], more: Record<string, unknown> = {}) {
  const input = { name: 'Script', kind: 'personal', scopes, expiresInDays: 30, ...more };
  const { status, body } = await person.call('POST', '/tokens', input);
  const { id, token } = (body.data ?? {}) as { id: string; token: string };
  const call = (method: string, path: string, sent?: unknown) =>
    stack.request(method, `/api${path}`, { token, body: sent });
  return { status, error: body.error, id, token, call };
}

test('a token is shown once, kept as a hash, and recognised by its beginning', async () => {
  const { id, token } = await makeToken(owner, ['contacts:read']);
  expect(token).toMatch(/^swb_[\w-]{43}$/);
  const [row] = await stack.rows('select * from api_tokens where id = $1', id);
  expect(JSON.stringify(row)).not.toContain(token);
  expect(row).toMatchObject({ hint: token.slice(0, 8) });
  expect(JSON.stringify(await stack.rows('select * from audit_log'))).not.toContain(token);
  const items = await stack.rows<{ body: unknown }>('select body from own_items where id = $1', id);
  expect(JSON.stringify(items)).not.toContain(token);
  expect(items).toMatchObject([{ body: { name: 'Script', scopes: ['contacts:read'], lastUsedAt: null } }]);
});

test('it does what its scopes name and its person may, and the audit log tells by which token', async () => {
  const agent = await stack.join(owner, 'AGENT');
  const reading = await makeToken(agent, ['contacts:read']);
  expect((await reading.call('GET', '/contacts')).status).toBe(200);
  expect(await reading.call('POST', '/contacts', { firstName: 'No' })).toMatchObject({
    status: 403,
    body: { error: { details: { reason: 'scope', needed: 'contacts:write' } } },
  });
  expect((await reading.call('GET', '/tasks')).status).toBe(403);
  const writing = await makeToken(agent, ['contacts:write', 'workspace:write']);
  const made = await writing.call('POST', '/contacts', { firstName: 'Yes' });
  expect(made.status).toBe(200);
  expect((await writing.call('GET', '/contacts')).status).toBe(200);
  expect(await stack.rows('select user_id, device_id from audit_log where entity_id = $1', made.body.data.id)).toEqual([
    { user_id: agent.userId, device_id: writing.id },
  ]);
});

test('with every scope there is it still neither syncs, nor touches people, security or tokens', async () => {
  const full = await makeToken(owner, FULL);
  const push = await full.call('POST', '/sync/push', {
    protocol: PROTOCOL_VERSION,
    deviceId: owner.deviceId,
    writes: [],
  });
  expect(push).toMatchObject({ status: 403, body: { error: { details: { reason: 'people_only' } } } });
  expect((await full.call('GET', '/auth/me')).status).toBe(403);
  const closed = OPERATIONS.filter((operation) => scopeOf(operation) === null);
  expect(closed.length).toBeGreaterThan(15);
  for (const { routes } of closed)
    for (const { method, path } of routes) {
      const { status, body } = await full.call(
        method,
        path.replaceAll(/:\w+/g, owner.userId),
        method === 'GET' ? undefined : {},
      );
      expect([path, status, body.error?.details?.['reason']]).toEqual([path, 403, 'people_only']);
    }
});

test('a service token is made by administrators, acts for nobody and with the role it was given', async () => {
  const manager = await stack.join(owner, 'MANAGER');
  expect(await makeToken(manager, ['contacts:read'], { kind: 'service' })).toMatchObject({ status: 403 });
  const service = await makeToken(owner, ['contacts:write', 'tasks:write', 'notifications:read'], {
    kind: 'service',
    role: 'VIEWER',
  });
  expect((await service.call('GET', '/contacts')).status).toBe(200);
  expect((await service.call('POST', '/contacts', { firstName: 'No' })).status).toBe(403);
  expect((await service.call('GET', '/notifications')).body.error?.details?.['reason']).toBe('people_only');
  const agent = await makeToken(owner, ['tasks:write'], { kind: 'service', role: 'AGENT' });
  const made = await agent.call('POST', '/tasks', { title: 'Call' });
  expect(made.status).toBe(200);
  expect(await stack.rows('select user_id, device_id from audit_log where entity_id = $1', made.body.data.id)).toEqual([
    { user_id: null, device_id: agent.id },
  ]);
});

test('a token ends when it is revoked, when its time is over and when its person is gone', async () => {
  const agent = await stack.join(owner, 'AGENT');
  const [revoked, over, orphan] = [
    await makeToken(agent, ['contacts:read']),
    await makeToken(agent, ['contacts:read']),
    await makeToken(agent, ['contacts:read']),
  ];
  await owner.push({ name: 'tokens.revoke', input: { id: revoked.id } });
  await stack.rows('update api_tokens set expires_at = now() where id = $1', over.id);
  const reasonOf = async ({ call }: typeof revoked) => (await call('GET', '/contacts')).body.error?.details?.['reason'];
  expect([await reasonOf(revoked), await reasonOf(over), await reasonOf(orphan)]).toEqual([
    'unknown',
    'expired',
    undefined,
  ]);
  await owner.push({ name: 'members.deactivate', input: { userId: agent.userId } });
  await owner.push({ name: 'members.reactivate', input: { userId: agent.userId } });
  expect(await reasonOf(orphan)).toBe('unknown');
});

test('what a token’s scopes do not reach it does not reach by taking back acts either', async () => {
  const agent = await stack.join(owner, 'AGENT');
  const id = randomUUID();
  await agent.push({ name: 'contacts.create', input: { id, firstName: 'Ada' } });
  const [act] = await stack.rows<{ id: string }>('select id from acts where entity_id = $1', id);
  const token = await makeToken(agent, ['activity:write']);
  expect((await token.call('POST', `/activity/${act?.id}/undo`, {})).body.error).toMatchObject({
    code: 'forbidden',
    details: { reason: 'scope', needed: 'contacts:write' },
  });
  expect((await owner.call('GET', `/contacts/${id}`)).status).toBe(200);
  const both = await makeToken(agent, ['activity:write', 'contacts:write']);
  expect((await both.call('POST', `/activity/${act?.id}/undo`, {})).status).toBe(200);
});

test('its role is its person’s of now', async () => {
  const agent = await stack.join(owner, 'AGENT');
  const token = await makeToken(agent, ['contacts:write']);
  await owner.push({ name: 'members.setRole', input: { userId: agent.userId, role: 'VIEWER' } });
  expect((await token.call('POST', '/contacts', { firstName: 'No' })).status).toBe(403);
});

test('its last use is noted, at most once a minute', async () => {
  const token = await makeToken(owner, ['contacts:read']);
  const lastUse = async () =>
    (await stack.rows<{ at: Date | null }>('select last_used_at as at from api_tokens where id = $1', token.id))[0]
      ?.at ?? null;
  await token.call('GET', '/contacts');
  await expect.poll(lastUse, { timeout: 2_000 }).not.toBeNull();
  const first = await lastUse();
  await token.call('GET', '/contacts');
  await token.call('GET', '/contacts');
  expect(await lastUse()).toEqual(first);
  await stack.rows(`update api_tokens set last_used_at = now() - interval '61 seconds' where id = $1`, token.id);
  await token.call('GET', '/contacts');
  await expect
    .poll(async () => Number(await lastUse()) > Number(first) - 61_000 + 1_000, { timeout: 2_000 })
    .toBe(true);
});

test('a token of the workspace works on without its maker; administrators are told, and the log says so', async () => {
  const boss = await stack.signUp();
  const [admin, maker] = [await stack.join(boss, 'ADMIN'), await stack.join(boss, 'ADMIN')];
  const make = async (name: string, kind: string) =>
    (await maker.call('POST', '/tokens', { name, kind, scopes: ['contacts:read'], expiresInDays: 7 })).body.data as {
      id: string;
      token: string;
    };
  const [report, old] = [await make('Report', 'service'), await make('Old', 'service')];
  await make('Own', 'personal');
  await stack.rows('update api_tokens set expires_at = now() where id = $1', old.id);
  const told = (person: Person) =>
    stack.rows(
      `select params from notifications where user_id = $1 and kind = 'SECURITY' and params ->> 'what' = 'tokens_outlive' order by created_at, id`,
      person.userId,
    );
  const params = (why: string) => ({
    params: { what: 'tokens_outlive', byId: maker.userId, why, names: ['Report'] },
  });
  await boss.push({ name: 'members.setRole', input: { userId: maker.userId, role: 'MANAGER' } });
  expect(await told(boss)).toEqual([params('role')]);
  await boss.push({ name: 'members.deactivate', input: { userId: maker.userId } });
  expect(await told(admin)).toEqual([params('role'), params('deactivated')]);
  expect(await told(maker)).toEqual([]);
  expect(
    await stack.rows(
      `select entity_id, user_id, after from audit_log where tenant_id = $1 and action = 'tokens.outliveMaker' order by at, id`,
      boss.tenantId,
    ),
  ).toEqual(
    ['role', 'deactivated'].map((why) => ({
      entity_id: report.id,
      user_id: boss.userId,
      after: { name: 'Report', makerId: maker.userId, why },
    })),
  );
  expect((await stack.request('GET', '/api/contacts', { token: report.token })).status).toBe(200);
});
