import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { ask, CoreStage, listNames, soon } from '../testing/core-stage.ts';
import { SimulatedServer } from '../testing/simulated-server.ts';

let stage: CoreStage;
beforeEach(async () => {
  stage = new CoreStage();
  await stage.server.listen();
});
afterEach(() => stage.clear());

const insert = (firstName: string, id = newId()) =>
  ({ kind: 'insert', table: 'contacts', id, values: { firstName } }) as const;

test('a desktop follows a server that was restored from an older backup, and loses nothing that it still had to send', async () => {
  const backup = new SimulatedServer();
  const grace = insert('Grace');
  backup.commit([grace]);
  for (const name of ['Grace', 'Ada', 'Alan']) stage.server.commit([name === 'Grace' ? grace : insert(name)]);
  const core = await stage.openSaved();
  expect(await listNames(core)).toEqual(['Ada', 'Alan', 'Grace']);
  await stage.server.unplug();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Hedy' } });
  stage.server.restore(backup);
  await stage.server.listen();
  await ask(core, 'sync.tryNow', {});
  await soon(async () => expect(await listNames(core)).toEqual(['Grace', 'Hedy']));
  await soon(async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ status: 'saved', pending: 0 }));
  expect([...backup.table('contacts').values()].map((row) => String(row['first_name'])).toSorted()).toEqual([
    'Grace',
    'Hedy',
  ]);
});
