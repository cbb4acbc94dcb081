import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ArgsOf, Method, ResultOf } from '../../shared/bridge/bridge-contract.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { startCore, type Core } from './start-core.ts';
import { FakeServer } from './testing/fake-server.ts';

// A core is five threads: on a busy machine they take their time to start.
vi.setConfig({ testTimeout: 20_000 });

let server: FakeServer;
let profileDir: string;
const cores: Core[] = [];
const log = { info: () => {}, warn: () => {}, error: console.error };

beforeEach(async () => {
  server = new FakeServer();
  await server.listen();
  profileDir = mkdtempSync(path.join(tmpdir(), 'core-'));
});

afterEach(async () => {
  for (const core of cores.splice(0)) await core.close();
  await server.unplug();
  rmSync(profileDir, { recursive: true, force: true });
});

async function open(dir = profileDir): Promise<Core> {
  const core = await startCore({ profileDir: dir, serverUrl: server.url, deviceName: 'test', log });
  cores.push(core);
  return core;
}

async function ask<M extends Method>(core: Core, method: M, args: ArgsOf<M>): Promise<ResultOf<M>> {
  const reply = await core.call(method, args);
  if ('error' in reply) throw new Error(`${method}: ${reply.error.message} ${JSON.stringify(reply.error.details)}`);
  return reply.data;
}

const signIn = (core: Core) => ask(core, 'session.signIn', { email: 'ada@acme.test', password: 'right password' });
const soon = (check: () => Promise<unknown>) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
const view = { search: '', sort: 'name', order: 'asc' } as const;
const listNames = async (core: Core, search = '') => {
  const { rows } = await ask(core, 'contacts.window', {
    view: { ...view, search },
    snapshot: null,
    from: 0,
    count: 50,
  });
  return rows.map((row) => row?.firstName);
};

test('somebody signs in, and what the server has is on their screen', async () => {
  server.commit([{ kind: 'insert', table: 'contacts', id: newId(), values: { firstName: 'Grace', leadScore: 7 } }]);
  const core = await open();
  expect(await ask(core, 'session.get', {})).toEqual({ status: 'signed-out', left: [] });
  expect(await core.call('session.signIn', { email: 'ada@acme.test', password: 'wrong' })).toMatchObject({
    error: { code: 'unauthenticated' },
  });
  expect(await signIn(core)).toMatchObject({ status: 'signed-in', expired: false, identity: { name: 'Ada' } });
  await soon(async () => expect(await listNames(core)).toEqual(['Grace']));
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved', firstSync: null }));
  expect(statSync(path.join(profileDir, 'session.json')).mode & 0o777).toBe(0o600);
});

test('an edit made offline shows at once, survives a restart, and arrives when the server is back', async () => {
  const core = await open();
  await signIn(core);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved' }));
  await server.unplug();
  const { id } = await ask(core, 'command', {
    name: 'contacts.create',
    input: { firstName: 'Ada', tags: ['vip'] },
  });
  const contact = await ask(core, 'contacts.get', { id: id ?? '' });
  expect(contact).toMatchObject({ firstName: 'Ada', tags: ['vip'], sync: { refused: false } });
  expect(contact?.sync.pending.toSorted()).toEqual(['firstName', 'tags']);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'offline', pending: 1 }));
  expect(await ask(core, 'outbox.list', {})).toMatchObject([
    { title: 'New contact Ada', contactId: id, state: expect.anything() },
  ]);

  await cores.pop()?.close();
  const again = await open();
  expect(await listNames(again)).toEqual(['Ada']);
  await server.listen();
  await ask(again, 'sync.tryNow', {});
  await soon(async () => expect(await ask(again, 'sync.get', {})).toMatchObject({ status: 'saved', pending: 0 }));
  expect(server.sim.table('contacts').get(id ?? '')).toMatchObject({ first_name: 'Ada' });
  expect(await ask(again, 'contacts.get', { id: id ?? '' })).toMatchObject({ tags: ['vip'], sync: { pending: [] } });
});

test('a refused edit is taken back, kept with its reason, and goes through when it is tried again', async () => {
  const id = newId<'contact'>();
  server.commit([{ kind: 'insert', table: 'contacts', id, values: { firstName: 'Grace', company: 'Navy' } }]);
  server.refuses.add('contacts.update');
  const core = await open();
  await signIn(core);
  await soon(async () => expect(await listNames(core)).toEqual(['Grace']));
  await ask(core, 'command', { name: 'contacts.update', input: { id, company: 'Yale' } });
  await soon(async () =>
    expect(await ask(core, 'outbox.list', {})).toMatchObject([
      {
        title: 'Company of Grace',
        state: 'refused',
        input: { company: 'Yale' },
        current: { company: 'Navy' },
        refusal: { code: 'not_allowed_now', because: null },
      },
    ]),
  );
  expect(await ask(core, 'contacts.get', { id })).toMatchObject({ company: 'Navy', sync: { refused: true } });
  server.refuses.clear();
  const [entry] = await ask(core, 'outbox.list', {});
  await ask(core, 'outbox.retry', { writeId: entry?.writeId ?? '', input: { id, company: 'Harvard' } });
  await soon(async () => expect(server.sim.table('contacts').get(id)).toMatchObject({ company: 'Harvard' }));
  await soon(async () => expect(await ask(core, 'outbox.list', {})).toEqual([]));
  expect(await ask(core, 'contacts.get', { id })).toMatchObject({
    company: 'Harvard',
    sync: { pending: [], refused: false },
  });
});

test('a change at the server is announced and shown on the screen of every device', async () => {
  const core = await open();
  await signIn(core);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved' }));
  const heard = new Promise((resolve) =>
    core.subscribe('changed', ({ tables }) => tables.includes('contacts') && resolve(tables)),
  );
  server.commit([{ kind: 'insert', table: 'contacts', id: newId(), values: { firstName: 'Grace' } }]);
  await heard;
  expect(await listNames(core, 'gra')).toEqual(['Grace']);
});

test('a session that the server ended leaves the data open and editable, and signing in sends what waited', async () => {
  const core = await open();
  await signIn(core);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved' }));
  server.endsSessions = true;
  server.good.clear();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Ada' } });
  await soon(async () => expect(await ask(core, 'session.get', {})).toMatchObject({ expired: true }));
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Bea' } });
  expect(await listNames(core)).toEqual(['Ada', 'Bea']);
  server.endsSessions = false;
  await signIn(core);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved', pending: 0 }));
  expect(server.sim.table('contacts').size).toBe(2);
});

test('an access token about to end is renewed once for all who need it', async () => {
  server.accessLastsMs = 1_000;
  const core = await open();
  await signIn(core);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved' }));
  // The streams that started with the sign-in all wanted a token at the same moment.
  expect(server.refreshes).toBe(1);
  expect(readFileSync(path.join(profileDir, 'session.json'), 'utf8')).toContain('refresh-2');
});

test('writes left at sign-out wait for the same person, and are named to whoever signs in', async () => {
  const core = await open();
  await signIn(core);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved' }));
  await server.unplug();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Ada' } });
  expect(await ask(core, 'session.signOut', { unsent: 'keep' })).toEqual({
    status: 'signed-out',
    left: [{ email: 'ada@acme.test', pending: 1 }],
  });
  expect(await core.call('contacts.count', {})).toMatchObject({ error: { code: 'unauthenticated' } });
  await server.listen();
  await signIn(core);
  await soon(async () => expect(server.sim.table('contacts').size).toBe(1));
});

test('a second process on the same profile is refused', async () => {
  await open();
  await expect(startCore({ profileDir, serverUrl: server.url, deviceName: 'b', log })).rejects.toThrow(
    /already running/,
  );
});

test('a file is prepared, its bad rows are named, and its good ones are queued as one change', async () => {
  const core = await open();
  await signIn(core);
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved' }));
  await server.unplug();
  const csv = 'First Name;Phone;Tags\nAda;(415) 555-0100;vip\nBob;415 555;\nCy;+14155550100;';
  const bytes = Buffer.from(`\ufeff${csv}`, 'utf16le').toString('base64');
  const { id } = await ask(core, 'imports.receiveFile', { id: null, fileName: 'people.csv', offset: 0, bytes });
  const draft = await ask(core, 'imports.read', { id });
  expect(draft).toMatchObject({ encoding: 'utf-16le', delimiter: ';', rowCount: 3, defaultCountry: 'US' });
  expect(draft.check).toMatchObject({ valid: 2, invalid: 1, duplicatesInFile: 1, duplicatesOfContacts: 0 });
  expect(draft.check.problems).toMatchObject([{ row: 3, reason: expect.stringContaining('short') }]);
  expect(await ask(core, 'imports.problemsCsv', { id })).toContain('3,');
  await ask(core, 'imports.commit', { id });
  expect(await ask(core, 'sync.get', {})).toMatchObject({ pending: 1 });
  expect(await ask(core, 'imports.list', {})).toMatchObject([
    { id, fileName: 'people.csv', total: 2, waitingParts: 1 },
  ]);
  expect(await ask(core, 'outbox.list', {})).toMatchObject([{ title: 'Import of people.csv' }]);
  expect(await ask(core, 'imports.draft', { id })).toBeNull();
  await server.listen();
  await ask(core, 'sync.tryNow', {});
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved', pending: 0 }));
});
