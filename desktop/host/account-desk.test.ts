import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ArgsOf, Bridge, Method, ResultOf } from '../../shared/bridge/bridge-contract.ts';
import type { HostEvent } from '../../shared/bridge/host-contract.ts';
import { startCore } from '../core/start-core.ts';
import { FakeServer, USER } from '../core/testing/fake-server.ts';
import { createBrowserShell } from '../web-host/browser-shell.ts';
import { AccountDesk } from './account-desk.ts';
import { createHostBridge } from './host-bridge.ts';

let dataDir: string;
let servers: readonly [FakeServer, FakeServer];
const desks: AccountDesk[] = [];
const log = { info: () => {}, warn: () => {}, error: console.error };

beforeEach(async () => {
  servers = [new FakeServer(), new FakeServer()];
  dataDir = mkdtempSync(path.join(tmpdir(), 'accounts-'));
  for (const server of servers) {
    server.protocol = { minimum: 1, current: 1 };
    await server.listen();
  }
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.closeAll();
  for (const server of servers) await server.unplug();
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(serverUrl: string | null = null) {
  let made = 0;
  const events: HostEvent[] = [];
  const desk: AccountDesk = new AccountDesk({
    dataDir,
    profile: 'default',
    serverUrl,
    openCore: (account) => startCore({ ...account, deviceName: 'test', log }),
    newId: () => `account-${(made += 1)}`,
    onAccounts: (accounts) => desk.publish('host', { kind: 'accounts', accounts }),
  });
  desks.push(desk);
  await desk.start();
  const bridge = createHostBridge(desk, createBrowserShell('http://127.0.0.1:9'));
  bridge.subscribe('host', (event) => void events.push(event));
  return { desk, bridge, events };
}

async function ask<M extends Method>(bridge: Bridge, method: M, args: ArgsOf<M>): Promise<ResultOf<M>> {
  const reply = await bridge.call(method, args);
  if ('error' in reply) throw new Error(`${reply.error.code}: ${reply.error.message}`);
  return reply.data;
}
const signIn = (bridge: Bridge) => ask(bridge, 'session.signIn', { email: USER.email, password: 'right password' });
const saved = (bridge: Bridge) =>
  vi.waitFor(async () => expect(await ask(bridge, 'sync.get', {})).toMatchObject({ status: 'saved', pending: 0 }), {
    timeout: 8_000,
  });
const names = (server: FakeServer) => [...server.sim.table('contacts').values()].map((row) => row['first_name']);

test('a first start has no server: it is checked before it is kept, and known at the next start', async () => {
  const { bridge, desk } = await open();
  expect(await ask(bridge, 'connection.get', {})).toEqual({ serverUrl: null, fixed: false });
  expect(await bridge.call('session.get', {})).toMatchObject({ error: { code: 'not_allowed_now' } });
  expect(await bridge.call('connection.choose', { address: '127.0.0.1:9' })).toMatchObject({
    error: { code: 'invalid_input', details: { why: 'out-of-reach' } },
  });
  expect(await ask(bridge, 'connection.get', {})).toMatchObject({ serverUrl: null });
  expect(await ask(bridge, 'connection.choose', { address: servers[0].url })).toMatchObject({
    serverUrl: servers[0].url,
  });
  expect(await ask(bridge, 'session.get', {})).toMatchObject({ status: 'signed-out' });
  await desk.closeAll();
  const again = await open();
  expect(await ask(again.bridge, 'connection.get', {})).toEqual({ serverUrl: servers[0].url, fixed: false });
});

test('each account has its own server and data, and one that was left still sends what waits there', async () => {
  const { bridge, events } = await open();
  await ask(bridge, 'connection.choose', { address: servers[0].url });
  await signIn(bridge);
  await saved(bridge);
  await servers[0].unplug();
  await ask(bridge, 'command', { name: 'contacts.create', input: { firstName: 'Of the first' } });
  const [, second] = await ask(bridge, 'accounts.add', { serverUrl: servers[1].url });
  expect(second).toMatchObject({ current: true, serverUrl: servers[1].url, name: null });
  expect(events.map(({ kind }) => kind)).toContain('switched');
  await signIn(bridge);
  await saved(bridge);
  expect(await ask(bridge, 'contacts.count', {})).toBe(0);
  await servers[0].listen();
  await vi.waitFor(() => expect(names(servers[0])).toEqual(['Of the first']), { timeout: 15_000 });
  expect(names(servers[1])).toEqual([]);
  await ask(bridge, 'accounts.switch', { id: 'default' });
  expect(await ask(bridge, 'contacts.count', {})).toBe(1);
  expect(await ask(bridge, 'accounts.list', {})).toMatchObject([
    { id: 'default', name: USER.name, tenantName: USER.tenantName, current: true },
    { id: 'account-1', current: false },
  ]);
});

test('removing an account with unsent work says so first, then takes everything of it from this computer', async () => {
  const { bridge } = await open();
  await ask(bridge, 'connection.choose', { address: servers[0].url });
  await signIn(bridge);
  await saved(bridge);
  await servers[0].unplug();
  await ask(bridge, 'command', { name: 'contacts.create', input: { firstName: 'Unsent' } });
  expect(await bridge.call('accounts.remove', { id: 'default', unsent: 'keep' })).toMatchObject({
    error: { code: 'not_allowed_now', details: { unsent: 1 } },
  });
  expect(await ask(bridge, 'contacts.count', {})).toBe(1);
  const left = await ask(bridge, 'accounts.remove', { id: 'default', unsent: 'discard' });
  expect(left).toMatchObject([{ serverUrl: null, name: null, current: true }]);
  expect(existsSync(path.join(dataDir, 'profiles', 'default'))).toBe(false);
  expect(readFileSync(path.join(dataDir, 'accounts.json'), 'utf8')).not.toContain(USER.email);
  await servers[0].listen();
});

test('removing an account says so first where somebody who signed out before has unsent work there', async () => {
  const { bridge } = await open();
  await ask(bridge, 'connection.choose', { address: servers[0].url });
  await signIn(bridge);
  await saved(bridge);
  await servers[0].unplug();
  await ask(bridge, 'command', { name: 'contacts.create', input: { firstName: 'Unsent' } });
  await ask(bridge, 'session.signOut', { unsent: 'keep' });
  await servers[0].listen();
  servers[0].user = { ...USER, userId: randomUUID(), email: 'bo@acme.test' };
  await signIn(bridge);
  await saved(bridge);
  expect(await bridge.call('accounts.remove', { id: 'default', unsent: 'keep' })).toMatchObject({
    error: { code: 'not_allowed_now', details: { unsent: 1 } },
  });
});

test('whose computer was wiped is not named on it any more', async () => {
  const { bridge } = await open();
  await ask(bridge, 'connection.choose', { address: servers[0].url });
  await signIn(bridge);
  await saved(bridge);
  const refusal = { code: 'unauthenticated', message: 'Wiped.', details: { reason: 'wiped' } };
  servers[0].answers.set('POST /api/auth/sign-in', { status: 401, body: { error: refusal } });
  await expect(signIn(bridge)).rejects.toThrow('Wiped.');
  await vi.waitFor(
    async () => {
      expect(await ask(bridge, 'accounts.list', {})).toMatchObject([{ name: null, email: null, tenantName: null }]);
    },
    { timeout: 8_000 },
  );
  expect(readFileSync(path.join(dataDir, 'accounts.json'), 'utf8')).not.toContain(USER.email);
});

test('the server of an account with somebody in it cannot be changed, nor one that was named from outside', async () => {
  const { bridge } = await open();
  await ask(bridge, 'connection.choose', { address: servers[0].url });
  await signIn(bridge);
  expect(await bridge.call('connection.choose', { address: servers[1].url })).toMatchObject({
    error: { code: 'not_allowed_now' },
  });
  await desks.pop()?.closeAll();
  const named = await open(servers[1].url);
  expect(await ask(named.bridge, 'connection.get', {})).toEqual({ serverUrl: servers[1].url, fixed: true });
  expect(await named.bridge.call('connection.choose', { address: servers[0].url })).toMatchObject({
    error: { code: 'not_allowed_now', message: expect.stringContaining('SERVER_URL') as string },
  });
});

test('links that are neither web pages nor mail reach no host, and an unknown account is named as such', async () => {
  const { bridge } = await open(servers[0].url);
  expect(await bridge.call('host.openLink', { url: 'file:///etc/passwd' })).toMatchObject({
    error: { code: 'invalid_input' },
  });
  expect(await bridge.call('accounts.switch', { id: 'nobody' })).toMatchObject({ error: { code: 'not_found' } });
  expect(await ask(bridge, 'host.get', {})).toMatchObject({ kind: 'browser', can: { update: false } });
});
