import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, CoreStage, listNames, soon } from '../testing/core-stage.ts';

let stage: CoreStage;
beforeEach(async () => {
  stage = new CoreStage();
  await stage.server.listen();
});
afterEach(() => stage.clear());

const contact = (firstName: string) => ({
  kind: 'insert' as const,
  table: 'contacts',
  id: crypto.randomUUID(),
  values: { firstName },
});
const names = () => [...stage.server.sim.table('contacts').values()].map((row) => row['first_name']);

test('an app older than the server’s minimum gets no more data, says so, and still delivers what is written', async () => {
  const core = await stage.openSaved();
  stage.server.protocol = { minimum: 2, current: 3 };
  stage.server.commit([contact('Before')]);
  await soon(async () =>
    expect(await ask(core, 'sync.get', {})).toMatchObject({
      standstill: { why: 'app-too-old', app: 1, server: { minimum: 2, current: 3 } },
    }),
  );
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Written meanwhile' } });
  await soon(async () => expect(names()).toContain('Written meanwhile'));
  expect(await listNames(core)).toContain('Written meanwhile');
});

test('an app newer than the server keeps what is written, says who has to update, and goes on by itself afterwards', async () => {
  const core = await stage.openSaved();
  stage.server.protocol = { minimum: 0, current: 0 };
  stage.server.commit([contact('Before')]);
  await soon(async () =>
    expect(await ask(core, 'sync.get', {})).toMatchObject({ standstill: { why: 'server-too-old' } }),
  );
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Kept' } });
  await ask(core, 'sync.tryNow', {});
  expect(await ask(core, 'sync.get', {})).toMatchObject({ pending: 1 });
  expect(names()).not.toContain('Kept');
  stage.server.protocol = { minimum: 1, current: 1 };
  await ask(core, 'sync.tryNow', {});
  await soon(async () => expect(names()).toContain('Kept'));
  await soon(async () =>
    expect(await ask(core, 'sync.get', {})).toMatchObject({ standstill: null, status: 'saved', pending: 0 }),
  );
});

test('a server that refuses all pushes of a device is shown in its own words, until it takes them', async () => {
  const core = await stage.openSaved();
  stage.server.takesNothing = 'These changes belong to another device. They were not taken.';
  await ask(core, 'command', { name: 'contacts.create', input: { firstName: 'Kept' } });
  await soon(async () =>
    expect(await ask(core, 'sync.get', {})).toMatchObject({
      pending: 1,
      standstill: { why: 'not-taken', message: stage.server.takesNothing },
    }),
  );
  stage.server.takesNothing = null;
  await ask(core, 'sync.tryNow', {});
  await vi.waitFor(
    async () => expect(await ask(core, 'sync.get', {})).toMatchObject({ pending: 0, standstill: null }),
    { timeout: 8_000 },
  );
});
