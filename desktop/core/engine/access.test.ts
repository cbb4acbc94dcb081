import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { ask, CoreStage, listNames, soon } from '../testing/core-stage.ts';
import { USER } from '../testing/fake-server.ts';

let stage: CoreStage;
beforeEach(async () => {
  stage = new CoreStage();
  await stage.server.listen();
  const values = { kind: 'member', body: member('OWNER') };
  stage.server.commit([{ kind: 'insert', table: 'workspace_items', id: USER.userId, values }]);
  stage.server.commit([{ kind: 'insert', table: 'contacts', id: newId(), values: { firstName: 'Grace' } }]);
});
afterEach(() => stage.clear());

const member = (role: string, active = true) => ({ name: USER.name, email: USER.email, role, active });
const commitMember = (role: string, active = true) =>
  stage.server.commit([
    { kind: 'set', table: 'workspace_items', ids: [USER.userId], values: { body: member(role, active) } },
  ]);
const remove = () => {
  stage.server.endsSessions = true;
  stage.server.endsBecause = 'removed';
};

test('a role that changes at the server is the role here at once', async () => {
  const core = await stage.openSaved();
  stage.server.role = 'VIEWER';
  commitMember('VIEWER');
  await soon(async () => expect(await ask(core, 'session.get', {})).toMatchObject({ identity: { role: 'VIEWER' } }));
  expect(await core.call('command', { name: 'contacts.create', input: { firstName: 'Ada' } })).toMatchObject({
    error: { code: 'forbidden', message: expect.stringContaining('Your role (viewer) may not do this') },
  });
  expect(await listNames(core)).toEqual(['Grace']);
});

test('a table that the new role may not read is said to be closed, also where it was empty', async () => {
  const core = await stage.openSaved();
  const list = () => ask(core, 'merges.list', { settled: false, limit: 1 });
  expect(await list()).toMatchObject({ denied: false });
  const heard = new Promise((resolve) =>
    core.subscribe('changed', ({ tables }) => tables.includes('met_changes') && resolve(tables)),
  );
  stage.server.denied.add('met_changes');
  stage.server.role = 'VIEWER';
  commitMember('VIEWER');
  await heard;
  expect(await list()).toMatchObject({ denied: true });
});

test('a role that came with a new token before any row told of it opens what it may read', async () => {
  stage.server.role = 'VIEWER';
  stage.server.denied.add('met_changes');
  const core = await stage.openSaved();
  const list = () => ask(core, 'merges.list', { settled: false, limit: 1 });
  await soon(async () => expect(await list()).toMatchObject({ denied: true }));
  stage.server.role = 'OWNER';
  stage.server.denied.clear();
  stage.server.good.clear();
  stage.server.commit([{ kind: 'insert', table: 'contacts', id: newId(), values: { firstName: 'Hedy' } }]);
  await soon(async () => expect(await list()).toMatchObject({ denied: false }));
});

test(
  'somebody taken out of the workspace is signed out, its rows leave the disk, and what they had not sent stays',
  { timeout: 20_000 },
  async () => {
    const core = await stage.openSaved();
    await stage.server.unplug();
    await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Ada' } });
    remove();
    await stage.server.listen();
    stage.server.good.clear();
    await ask(core, 'sync.tryNow', {});

    const removed = { email: USER.email, tenantName: USER.tenantName, kept: 1 };
    const left = [{ email: USER.email, pending: 1 }];
    await soon(async () => expect(await ask(core, 'session.get', {})).toEqual({ status: 'signed-out', left, removed }));
    expect(await core.call('contacts.count', {})).toMatchObject({ error: { code: 'unauthenticated' } });
    const files = readdirSync(stage.replicaDir);
    expect(files).toEqual(['replica.sqlite']);
    for (const name of files) expect(readFileSync(path.join(stage.replicaDir, name)).includes('Grace')).toBe(false);
    expect(existsSync(path.join(stage.profileDir, 'session.json'))).toBe(false);

    await stage.closeCores();
    const again = await stage.open();
    expect(await ask(again, 'session.get', {})).toEqual({ status: 'signed-out', left, removed });
    stage.server.endsSessions = false;
    expect(await stage.signIn(again)).toMatchObject({ status: 'signed-in' });
    await soon(async () => expect(await listNames(again)).toEqual(['Ada', 'Grace']));
    await soon(async () => expect(stage.server.sim.table('contacts').size).toBe(2));
    await ask(again, 'session.signOut', { unsent: 'keep' });
    expect(await ask(again, 'session.get', {})).toEqual({ status: 'signed-out', left: [] });
  },
);

test('an own membership that is no longer active is acted upon without waiting for the next request', async () => {
  const core = await stage.openSaved();
  remove();
  commitMember('OWNER', false);
  await soon(async () =>
    expect(await ask(core, 'session.get', {})).toMatchObject({ status: 'signed-out', removed: { kept: 0 } }),
  );
  expect(readdirSync(stage.replicaDir)).toEqual([]);
});

test('the age of the data is known after a restart without a line, and an ended session does not make it younger', async () => {
  const core = await stage.openSaved();
  const { dataAt } = await ask(core, 'sync.get', {});
  expect(dataAt).not.toBeNull();
  await stage.closeCores();
  await stage.server.unplug();
  const again = await stage.open();
  await soon(async () =>
    expect(await ask(again, 'sync.get', {})).toMatchObject({ status: 'offline', lastHeardAt: null }),
  );
  const known = (await ask(again, 'sync.get', {})).dataAt;
  expect(known).toBeGreaterThanOrEqual(dataAt ?? Infinity);

  stage.server.endsSessions = true;
  stage.server.good.clear();
  await stage.server.listen();
  await ask(again, 'sync.tryNow', {});
  await soon(async () => expect(await ask(again, 'session.get', {})).toMatchObject({ expired: true }));
  await soon(async () => expect((await ask(again, 'sync.get', {})).lastHeardAt).not.toBeNull());
  expect((await ask(again, 'sync.get', {})).dataAt).toBe(known);
});

test('a line that is back is found within seconds, though nothing waits to be sent', async () => {
  const core = await stage.openSaved();
  await stage.server.unplug();
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'offline' }));
  await stage.server.listen();
  await soon(async () =>
    expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved', offlineSince: null }),
  );
});
