import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { FakeServer, USER } from '../testing/fake-server.ts';
import { KillableCore } from '../testing/killable-core.ts';

vi.setConfig({ testTimeout: 90_000 });

let server: FakeServer;
let dir: string;
const cores: KillableCore[] = [];
beforeEach(async () => {
  server = new FakeServer();
  server.isOneComputer = false;
  await server.listen();
  dir = mkdtempSync(path.join(tmpdir(), 'clones-'));
});
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close();
  await server.unplug();
  rmSync(dir, { recursive: true, force: true });
});

/** Each its own process, as each is its own computer. */
async function open(profile: string, clockOffMs = 0): Promise<KillableCore> {
  const core = await KillableCore.start(path.join(dir, profile), server.url, clockOffMs);
  cores.push(core);
  const session = await core.ask('session.get', {});
  if (session.status === 'signed-out')
    await core.ask('session.signIn', { email: USER.email, password: 'right password' });
  return core;
}

const soon = (check: () => Promise<unknown>) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
const view = { search: '', sort: 'createdAt', order: 'asc' } as const;
const list = async (core: KillableCore) => {
  const { rows } = await core.ask('contacts.window', { view, snapshot: null, from: 0, count: 50 });
  return rows.map((row) => `${row?.firstName} ${row?.company}`);
};
const put = (firstName: string, company: string): string => {
  const id = newId<'contact'>();
  server.commit([{ kind: 'insert', table: 'contacts', id, values: { firstName, company, createdAt: Date.now() } }]);
  return id;
};

test('a profile copied to a second computer with changes waiting sends each of them once, and both go on side by side', async () => {
  const [ada, bo, cy] = [put('Ada', 'A'), put('Bo', 'B'), put('Cy', 'C')];
  const first = await open('first');
  await first.untilSaved(10_000);
  await server.unplug();
  await first.ask('command', { name: 'contacts.update', input: { id: ada, company: 'Mine' } });
  await first.ask('command', { name: 'contacts.delete', input: { id: bo } });
  const made = await first.ask('command', { name: 'contacts.create', input: { firstName: 'Di', tags: ['vip'] } });
  await first.ask('command', { name: 'notes.add', input: { contactId: made.id ?? '', body: 'Both have it.' } });
  await cores.pop()?.close();
  cpSync(path.join(dir, 'first'), path.join(dir, 'second'), { recursive: true });

  const both = await Promise.all([open('first'), open('second')]);
  const [one, two] = both;
  await one?.ask('command', { name: 'contacts.update', input: { id: cy, company: 'Of one' } });
  await two?.ask('command', { name: 'contacts.create', input: { firstName: 'Ed' } });
  server.losesReplies = 1;
  await server.listen();
  await Promise.all(both.map((core) => core.ask('sync.tryNow', {})));
  for (const core of both)
    await soon(async () =>
      expect((await list(core)).toSorted((a, b) => a.localeCompare(b))).toEqual([
        'Ada Mine',
        'Cy Of one',
        'Di null',
        'Ed null',
      ]),
    );
  for (const core of both) {
    await core.untilSaved(10_000);
    expect(await core.ask('outbox.list', {})).toEqual([]);
    expect(await core.ask('contacts.notes', { contactId: made.id ?? '' })).toMatchObject([{ body: 'Both have it.' }]);
  }
  expect([...server.sim.appliedTimes.values()]).toEqual([1, 1, 1, 1, 1, 1]);
  expect(server.sim.table('notes').size).toBe(1);
  // And what one does from now on is seen on the other.
  await two?.ask('command', { name: 'contacts.update', input: { id: ada, company: 'Of two' } });
  await soon(async () => expect(await list(one as KillableCore)).toContain('Ada Of two'));
});

test('computers whose clocks stand in 1970 and 2100 sync as any other, and the server says what came first', async () => {
  put('Ada', 'A');
  const past = await open('past', -Date.now());
  const future = await open('future', Date.UTC(2100, 0) - Date.now());
  await past.untilSaved(10_000);
  await future.untilSaved(10_000);
  await future.ask('command', { name: 'contacts.create', input: { firstName: 'Future', company: 'F' } });
  await soon(async () => expect(server.sim.table('contacts').size).toBe(2));
  await past.ask('command', { name: 'contacts.create', input: { firstName: 'Past', company: 'P' } });
  for (const core of [past, future]) {
    await soon(async () => expect(await list(core)).toEqual(['Ada A', 'Future F', 'Past P']));
    await core.untilSaved(10_000);
  }
  const edit = (core: KillableCore, company: string) => {
    const [id = ''] = server.sim.table('contacts').keys();
    return core.ask('command', { name: 'contacts.update', input: { id, company } });
  };
  await edit(future, 'said in 2100');
  for (const core of [past, future]) await soon(async () => expect(await list(core)).toContain('Ada said in 2100'));
  await edit(past, 'said in 1970');
  for (const core of [past, future]) await soon(async () => expect(await list(core)).toContain('Ada said in 1970'));
  for (const core of [past, future]) await core.untilSaved(10_000);
});

test('on a computer whose clock is a day ahead every token seems over, and still it is not renewed for every request', async () => {
  const id = put('Ada', 'A');
  const ahead = await open('ahead', 86_400_000);
  await ahead.untilSaved(10_000);
  for (const company of ['B', 'C', 'D', 'E']) {
    await ahead.ask('command', { name: 'contacts.update', input: { id, company } });
    await ahead.untilSaved(10_000);
  }
  // The first one is meant for a token that was about to end.
  expect(server.refreshes).toBe(1);
});

test('a note of fifty megabytes is refused in words at once, and costs nothing', async () => {
  const contactId = put('Ada', 'A');
  const core = await open('first');
  await core.untilSaved(10_000);
  const replicaDir = path.join(dir, 'first', USER.userId);
  const size = () =>
    ['', '-wal'].reduce((sum, end) => sum + statSync(path.join(replicaDir, `replica.sqlite${end}`)).size, 0);
  const before = size();
  const body = 'x'.repeat(50_000_000);
  const started = performance.now();
  const [refused, other] = await Promise.all([
    core.call('command', { name: 'notes.add', input: { contactId, body } }),
    core.call('contacts.get', { id: contactId }),
  ]);
  const tookMs = performance.now() - started;
  expect(refused).toMatchObject({
    error: {
      code: 'invalid_input',
      message: expect.stringMatching(/20000 characters.*Nothing was changed/),
      details: { field: 'body' },
    },
  });
  expect(JSON.stringify(refused).length).toBeLessThan(1_000);
  expect(other).toMatchObject({ data: { firstName: 'Ada' } });
  expect(tookMs).toBeLessThan(5_000);
  expect(size() - before).toBeLessThan(100_000);
  expect(await core.ask('outbox.list', {})).toEqual([]);
  await core.ask('command', { name: 'notes.add', input: { contactId, body: 'short' } });
  await soon(async () => expect(server.sim.table('notes').size).toBe(1));
});
