import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { ask, CoreStage } from '../testing/core-stage.ts';
import { FakeServer, USER } from '../testing/fake-server.ts';
import { Engine } from './engine.ts';

test('what somebody writes while another person signs in over them is not sent in the name of that person', async () => {
  const server = new FakeServer();
  await server.listen();
  const profileDir = mkdtempSync(path.join(tmpdir(), 'other-'));
  let stored = Promise.resolve();
  let written = 0;
  const engine = new Engine({
    profileDir,
    serverUrl: server.url,
    deviceName: 'test',
    platform: 'linux',
    secrets: {
      read: () => null,
      write: () => {
        written += 1;
        return stored;
      },
      clear: () => {},
    },
    takeKey: async () => 'ab'.repeat(32),
    destroyKey: async () => {},
    emit: () => {},
    onProblem: () => {},
    restReaders: async () => {},
  });
  const signIn = (email: string) => engine.answer('session.signIn', { email, password: 'right password' } as never);
  await engine.start();
  await signIn(USER.email);

  const { promise, resolve } = Promise.withResolvers<void>();
  stored = promise;
  server.user = { ...USER, userId: newId(), tenantId: newId(), email: 'bo@other.test' };
  const other = signIn('bo@other.test');
  await vi.waitFor(() => expect(written).toBeGreaterThan(1));
  await engine.answer('command', { name: 'contacts.create', input: { firstName: 'Ada' } } as never);
  // Long enough for a push to get there.
  for (let trips = 0; trips < 5; trips += 1) await fetch(`${server.url}/readyz`);
  resolve();
  await other;
  expect(server.sim.table('contacts').size).toBe(0);
  // Who left it behind is told, and it counts.
  expect(engine.session).toMatchObject({ left: [{ email: USER.email, pending: 1 }] });

  server.user = USER;
  stored = Promise.resolve();
  await signIn(USER.email);
  await vi.waitFor(() => expect(server.sim.table('contacts').size).toBe(1), { timeout: 5_000 });
  engine.close();
  await server.unplug();
  rmSync(profileDir, { recursive: true, force: true });
});

test('a computer whose profile was lost asks for a new sign-in, because the tokens are of the device it was', async () => {
  const stage = new CoreStage();
  await stage.server.listen();
  const core = await stage.openSaved();
  const before = await ask(core, 'session.get', {});
  await stage.closeCores();
  writeFileSync(path.join(stage.profileDir, 'profile.json'), '');
  const again = await stage.open();
  expect(before).toMatchObject({ status: 'signed-in', expired: false });
  expect(await ask(again, 'session.get', {})).toMatchObject({ status: 'signed-in', expired: true });
  await stage.signIn(again);
  const after = await ask(again, 'session.get', {});
  expect(after).toMatchObject({ status: 'signed-in', expired: false });
  expect(after).not.toMatchObject({ deviceId: (before as { deviceId: string }).deviceId });
  await stage.clear();
});

test('who signs in while a wipe is under way gets a key that outlives it', async () => {
  const server = new FakeServer();
  await server.listen();
  const profileDir = mkdtempSync(path.join(tmpdir(), 'other-'));
  const { promise: rested, resolve } = Promise.withResolvers<void>();
  let kept: string | null = null;
  const engine = new Engine({
    profileDir,
    serverUrl: server.url,
    deviceName: 'test',
    platform: 'linux',
    secrets: { read: () => null, write: () => {}, clear: () => {} },
    takeKey: async () => {
      kept ??= randomBytes(32).toString('hex');
      const key = kept;
      writeFileSync(path.join(profileDir, 'replica.key'), key);
      return key;
    },
    destroyKey: async () => {
      kept = null;
    },
    emit: () => {},
    onProblem: () => {},
    restReaders: () => rested,
  });
  const signIn = () =>
    engine.answer('session.signIn', { email: USER.email, password: 'right password' } as never) as Promise<unknown>;
  await engine.start();
  await signIn();
  const wiped = engine.answer('wipe', {} as never);
  const again = signIn();
  await fetch(`${server.url}/readyz`);
  resolve();
  await wiped;
  await again;
  expect(engine.session).toMatchObject({ status: 'signed-in' });
  expect(readdirSync(profileDir)).toContain('replica.key');
  engine.close();
  await server.unplug();
  rmSync(profileDir, { recursive: true, force: true });
});
