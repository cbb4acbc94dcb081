import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
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
    secrets: {
      read: () => null,
      write: () => {
        written += 1;
        return stored;
      },
      clear: () => {},
    },
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

  server.user = USER;
  stored = Promise.resolve();
  await signIn(USER.email);
  await vi.waitFor(() => expect(server.sim.table('contacts').size).toBe(1), { timeout: 5_000 });
  engine.close();
  await server.unplug();
  rmSync(profileDir, { recursive: true, force: true });
});
