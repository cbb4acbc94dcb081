import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { KillableCore } from '../../desktop/core/testing/killable-core.ts';
import { Cable } from '../stack/cable.ts';
import { findDifferences } from '../stack/compare-replica.ts';
import { connectDatabase } from '../stack/database.ts';
import { ServerStack } from '../stack/stack.ts';

// The backup is of the embedded database; a PostgreSQL of one's own has its own tools.
test.skip(Boolean(process.env['DATABASE_URL']));

test('a server that is put back from its backup loses no edit that a desktop had not sent', async () => {
  test.setTimeout(180_000);
  const server = await ServerStack.start();
  const cable = await Cable.lay(server.port);
  const profileDir = mkdtempSync(path.join(tmpdir(), 'switchboard-restored-'));
  const backup = path.join(profileDir, 'crm.backup');
  const tool = (name: string, ...args: string[]) =>
    execFileSync(process.execPath, [`tools/${name}.ts`, ...args], {
      env: { ...process.env, DATA_DIR: server.dataDir, BACKUP_PASSPHRASE: 'correct horse' },
      encoding: 'utf8',
    });
  let core = await KillableCore.start(profileDir, cable.url);
  await core.call('session.signIn', { email: 'owner@demo.test', password: 'demo-password' });
  const session = await core.ask('session.get', {});
  if (session.status !== 'signed-in') throw new Error('nobody is signed in');
  const create = (firstName: string) => core.command('contacts.create', { firstName });
  const find = async (text: string) => (await core.ask('search.everywhere', { text, limit: 5 })).hits.length;

  await create('Zebedee beforehand');
  await core.untilSaved(60_000);
  expect(tool('backup', backup)).toContain('It is encrypted');
  await create('Zebedee afterwards');
  await core.untilSaved(60_000);
  cable.cut();
  await create('Zebedee unsent');

  let told = '';
  await server.restart({
    meanwhile: () => {
      told = tool('restore', backup);
    },
  });
  expect(told).toContain('postgres.before-restore-');
  cable.join();
  await core.call('sync.tryNow', {});
  await expect.poll(() => find('Zebedee afterwards'), { timeout: 60_000 }).toBe(0);
  await core.untilSaved(60_000);
  expect([await find('Zebedee beforehand'), await find('Zebedee unsent')]).toEqual([1, 1]);

  await core.close();
  const { identity, deviceId } = session;
  const database = await connectDatabase(server);
  const { rows } = await database.query(`select first_name from contacts where first_name like 'Zebedee%' order by 1`);
  expect(rows.map((row: { first_name: string }) => row.first_name)).toEqual(['Zebedee beforehand', 'Zebedee unsent']);
  const owner = { userId: identity.userId, tenantId: identity.tenantId, deviceId };
  expect(await findDifferences(database, profileDir, owner)).toEqual([]);
  await database.end();
  // It opens again as it is.
  core = await KillableCore.start(profileDir, cable.url);
  expect(await find('Zebedee unsent')).toBe(1);
  await core.close();
  await cable.remove();
  await server.stop();
  rmSync(profileDir, { recursive: true, force: true });
});
