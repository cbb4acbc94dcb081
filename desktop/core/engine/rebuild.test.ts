import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { openReplica } from '../replica/open-replica.ts';
import { USER } from '../testing/fake-server.ts';
import { replaceReplica } from './carry-over.ts';
import { ask, CoreStage, listNames, soon } from '../testing/core-stage.ts';

let stage: CoreStage;
beforeEach(async () => {
  stage = new CoreStage();
  await stage.server.listen();
});
afterEach(() => stage.clear());

const commitContact = (firstName: string) => {
  const id = newId<'contact'>();
  stage.server.commit([{ kind: 'insert', table: 'contacts', id, values: { firstName, company: 'Navy' } }]);
  return id;
};

test('a rebuilt replica has every waiting and refused change in its order, the marks and the choices, and fetches the rest', async () => {
  const id = commitContact('Grace');
  stage.server.refuses.add('contacts.update');
  const core = await stage.openSaved();
  await ask(core, 'command', { name: 'contacts.update', input: { id, company: 'Yale' } });
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ refused: 1, pending: 0 }));
  await stage.server.unplug();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Ada', tags: ['vip'] } });
  await ask(core, 'command', { name: 'notes.add', input: { contactId: id, body: 'Prefers mornings.' } });
  await ask(core, 'storage.choose', { messageDays: 90, quotaBytes: 2_000_000_000 });
  const before = await ask(core, 'outbox.list', {});
  expect(before.map(({ state }) => state === 'refused')).toEqual([true, false, false]);

  expect(await core.call('sync.rebuild', {})).toEqual({ data: null });
  const after = await ask(core, 'outbox.list', {});
  expect(after.map(({ writeId, name, input, madeAt }) => ({ writeId, name, input, madeAt }))).toEqual(
    before.map(({ writeId, name, input, madeAt }) => ({ writeId, name, input, madeAt })),
  );
  expect(after[0]?.refusal).toEqual(before[0]?.refusal);
  expect(await listNames(core)).toEqual(['Ada']);
  expect(await ask(core, 'sync.inspect', {})).toMatchObject({
    storage: { chosenDays: 90, quotaBytes: 2_000_000_000 },
    streams: expect.arrayContaining([expect.objectContaining({ table: 'contacts', state: 'first', handle: null })]),
  });
  expect(await ask(core, 'sync.get', {})).toMatchObject({ firstSync: { rows: 1 }, pending: 2, refused: 1 });

  await stage.server.listen();
  await ask(core, 'sync.tryNow', {});
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved', pending: 0 }));
  expect(await listNames(core)).toEqual(['Ada', 'Grace']);
  expect(await ask(core, 'contacts.get', { id })).toMatchObject({ company: 'Navy', sync: { refused: true } });
  expect(await ask(core, 'contacts.notes', { contactId: id })).toMatchObject([{ body: 'Prefers mornings.' }]);
  expect([...stage.server.sim.table('notes').values()]).toHaveLength(1);
  expect(readdirSync(stage.replicaDir).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(['replica.sqlite']);
});

test('screens that ask while the replica is built anew get an answer, and none an error', async () => {
  commitContact('Grace');
  const core = await stage.openSaved();
  const rebuilding = core.call('sync.rebuild', {});
  const asked = await Promise.all(Array.from({ length: 20 }, () => core.call('contacts.count', {})));
  expect(asked.filter((reply) => 'error' in reply)).toEqual([]);
  expect(await rebuilding).toEqual({ data: null });
  await soon(async () => expect(await listNames(core)).toEqual(['Grace']));
});

test('a change the server took while its reply was lost is not applied twice after a rebuild', async () => {
  const core = await stage.openSaved();
  stage.server.losesReplies = 1;
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Ada' } });
  await soon(async () => expect(stage.server.sim.table('contacts').size).toBe(1));
  await ask(core, 'sync.rebuild', {});
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved', pending: 0 }));
  expect(stage.server.sim.table('contacts').size).toBe(1);
  expect(await listNames(core)).toEqual(['Ada']);
});

test('two rebuilds at once, and a sign-out between, end in order and leave nobody waiting', async () => {
  commitContact('Grace');
  const core = await stage.openSaved();
  const both = await Promise.all([core.call('sync.rebuild', {}), core.call('sync.rebuild', {})]);
  expect(both).toEqual([{ data: null }, { data: null }]);
  await soon(async () => expect(await listNames(core)).toEqual(['Grace']));

  const [rebuilt] = await Promise.all([
    core.call('sync.rebuild', {}),
    ask(core, 'session.signOut', { unsent: 'keep' }),
  ]);
  expect(rebuilt).toMatchObject({ error: { code: 'unauthenticated' } });
  expect(await core.call('contacts.count', {})).toMatchObject({ error: { code: 'unauthenticated' } });
});

test('a rebuild that cannot be finished leaves the old replica as it was', () => {
  const file = path.join(stage.profileDir, 'replica.sqlite');
  openReplica(file).close();
  const bytes = readFileSync(file);
  const fail = () => {
    throw new Error('the disk is full');
  };
  expect(() => replaceReplica({ file, key: null }, { ...USER, role: 'OWNER' }, { writes: [], rows: {} }, fail)).toThrow(
    'the disk is full',
  );
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(readdirSync(stage.profileDir)).toEqual(['replica.sqlite']);
});

test('an act on very many records that a rebuild cuts short goes on afterwards, as the one act it is', async () => {
  const core = await stage.openSaved();
  await stage.server.unplug();
  const contactIds = Array.from({ length: 30_000 }, () => newId<'contact'>());
  const acting = core.call('command', { name: 'contacts.addTags', input: { contactIds, tags: ['VIP'] } });
  await soon(async () => expect(await ask(core, 'outbox.list', {})).toHaveLength(1));
  expect(await core.call('sync.rebuild', {})).toEqual({ data: null });
  await acting;
  await soon(async () =>
    expect(await ask(core, 'outbox.list', {})).toMatchObject([
      { title: 'Tag VIP added to 30,000 contacts', bulk: { records: 30_000, slices: 6 } },
    ]),
  );
});
