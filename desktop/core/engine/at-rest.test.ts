import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { fileKeyStore } from '../session/replica-key.ts';
import { destroyKey } from '../session/wipe-profile.ts';
import { fileSecretStore } from '../session/secret-store.ts';
import { ask, CoreStage, listNames, soon } from '../testing/core-stage.ts';

const PLANTED = /Plantagenet|planted@|415 ?555 ?0199|Runnymede/i;
let stage: CoreStage;
beforeEach(async () => {
  stage = new CoreStage();
  await stage.server.listen();
  stage.server.commit([
    {
      kind: 'insert',
      table: 'contacts',
      id: newId(),
      values: { firstName: 'Plantagenet', email: 'planted@example.org', phone: '+14155550199' },
    },
  ]);
});
afterEach(() => stage.clear());

/** Every file of the profile, with its log and whatever lies beside it, as text. */
function readProfile(): Map<string, string> {
  const names = readdirSync(stage.profileDir, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(path.join(stage.profileDir, name)).isFile());
  return new Map(
    files.map((name) => {
      const bytes = readFileSync(path.join(stage.profileDir, name));
      return [name, `${bytes.toString('latin1')}${bytes.toString('utf16le')}`];
    }),
  );
}
const findPlanted = () => [...readProfile()].filter(([, text]) => PLANTED.test(text)).map(([name]) => name);

const draft = (id: string | null, offset: number, text: string) => ({
  id,
  fileName: 'planted@people.csv',
  offset,
  bytes: Buffer.from(text).toString('base64'),
});

test('no byte on the disk tells of a customer: not in the replica, its log, an import being prepared or a copy put aside', async () => {
  const core = await stage.openSaved();
  expect(await listNames(core)).toEqual(['Plantagenet']);
  await stage.server.unplug();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Plantagenet', company: 'Runnymede' } });
  const { id } = await ask(
    core,
    'imports.receiveFile',
    draft(null, 0, 'Name,Email\nPlantagenet,planted@example.org\n'),
  );
  await ask(core, 'imports.read', { id });
  expect(await ask(core, 'sync.inspect', {})).toMatchObject({ atRest: { encrypted: true, keyIn: 'file' } });
  expect([...readProfile().keys()]).toEqual(
    expect.arrayContaining([expect.stringMatching(/replica\.sqlite$/), expect.stringMatching(/replica\.sqlite-wal$/)]),
  );
  expect(findPlanted()).toEqual([]);
  await ask(core, 'sync.rebuild', {});
  expect(findPlanted()).toEqual([]);
  await stage.closeCores();
  expect(findPlanted()).toEqual([]);
});

test('the key is in a file of its owner alone and is told to nobody', async () => {
  const core = await stage.openSaved();
  const file = path.join(stage.profileDir, 'replica.key');
  const key = readFileSync(file, 'utf8');
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await core.call('command', { name: 'contacts.update', input: { id: 'Plantagenet', phone: '415 555 0199' } });
  await core.call('imports.read', { id: newId() });
  const told = JSON.stringify([await ask(core, 'sync.inspect', {}), await ask(core, 'session.get', {})]);
  const session = JSON.parse(readFileSync(path.join(stage.profileDir, 'session.json'), 'utf8')) as Record<
    string,
    string
  >;
  for (const secret of [key, session['accessToken'], session['refreshToken']])
    expect(`${told} ${stage.logged.join()}`).not.toContain(secret);
  expect(stage.logged).not.toEqual([]);
  expect(stage.logged.join()).not.toMatch(PLANTED);
  expect(readFileSync(`/proc/${process.pid}/cmdline`, 'utf8')).not.toContain(key);
  await stage.closeCores();
  const found = [...readProfile()].filter(([, text]) => text.includes(key)).map(([name]) => name);
  expect(found).toEqual(['replica.key']);
});

test('a lost key is said plainly: the rest comes again, what was not sent is gone', async () => {
  const first = await stage.openSaved();
  await stage.server.unplug();
  await ask(first, 'command', { name: 'contacts.create', input: { firstName: 'Never sent' } });
  await stage.closeCores();
  rmSync(path.join(stage.profileDir, 'replica.key'));

  await stage.server.listen();
  const core = await stage.open();
  await soon(async () => expect(await listNames(core)).toEqual(['Plantagenet']));
  expect(await ask(core, 'sync.get', {})).toMatchObject({
    pending: 0,
    notice: expect.stringMatching(/its key is no longer here.*had not reached the server are lost/),
  });
  expect(readdirSync(stage.replicaDir).filter((name) => /locked-\d+\.sqlite$/.test(name))).toHaveLength(1);
});

test('a wipe leaves nothing but an empty profile, and the next person begins as on a new computer', async () => {
  const core = await stage.openSaved();
  const before = await ask(core, 'session.get', {});
  await stage.server.unplug();
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Plantagenet the second' } });
  await core.wipe();
  expect(await ask(core, 'session.get', {})).toEqual({ status: 'signed-out', left: [] });
  expect([...readProfile().keys()].toSorted()).toEqual(['profile.json', 'profile.lock']);
  await core.wipe();

  await stage.server.listen();
  await stage.signIn(core);
  await soon(async () => expect(await listNames(core)).toEqual(['Plantagenet']));
  const after = await ask(core, 'session.get', {});
  expect(after.status === 'signed-in' && before.status === 'signed-in' && after.deviceId !== before.deviceId).toBe(
    true,
  );
  expect(findPlanted()).toEqual([]);
});

test('a wipe that was cut off when the key was gone is ended by the next start', async () => {
  await stage.openSaved();
  await stage.closeCores();
  const { profileDir } = stage;
  const secrets = fileSecretStore(path.join(profileDir, 'session.json'));
  await destroyKey({ profileDir, vault: fileKeyStore(profileDir), secrets });
  expect([...readProfile().keys()]).toContain('wipe-begun');
  writeFileSync(path.join(stage.replicaDir, 'left.sqlite'), 'Plantagenet');

  const core = await stage.open();
  expect(await ask(core, 'session.get', {})).toEqual({ status: 'signed-out', left: [] });
  expect([...readProfile().keys()].toSorted()).toEqual(['profile.json', 'profile.lock', 'replica.key']);
});
