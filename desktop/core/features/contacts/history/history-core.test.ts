import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../../shared/kernel/ids.ts';
import { ask, CoreStage, soon } from '../../../testing/core-stage.ts';

let stage: CoreStage;
beforeEach(async () => {
  stage = new CoreStage();
  await stage.server.listen();
});
afterEach(() => stage.clear());

const entry = {
  id: 'c1',
  kind: 'FIELD_CHANGED',
  field: 'company',
  before: 'Acme',
  after: 'Analytical',
  at: 1_000,
  userId: null,
  userName: null,
  deviceName: null,
  cause: { kind: 'import', id: 'i' },
  note: null,
  details: {},
};

test('a past that was fetched is told without a line, and goes with its contact', async () => {
  const { server } = stage;
  const contactId = newId<'contact'>();
  const route = `GET /api/contacts/${contactId}/history`;
  server.commit([
    { kind: 'insert', table: 'contacts', id: contactId, values: { firstName: 'Grace', company: 'Analytical' } },
  ]);
  server.answers.set(route, { status: 200, body: { data: { entries: [entry], next: null } } });
  const core = await stage.openSaved();
  await soon(async () => expect(await ask(core, 'contacts.get', { id: contactId })).not.toBeNull());
  expect(await ask(core, 'history.fetch', { contactId, older: false })).toEqual({ fetched: 1, more: false });
  await server.unplug();
  expect(await core.call('history.fetch', { contactId, older: false })).toMatchObject({
    error: { code: 'unavailable' },
  });
  expect(await ask(core, 'history.list', { contactId, limit: 10 })).toMatchObject({ entries: [entry], older: false });
  await server.listen();
  server.commit([{ kind: 'delete', table: 'contacts', ids: [contactId] }]);
  await ask(core, 'sync.tryNow', {});
  await soon(async () =>
    expect(await ask(core, 'history.list', { contactId, limit: 10 })).toMatchObject({ entries: [], keptAt: null }),
  );
});

test('duplicates are looked for by the thread that answers screens', async () => {
  const [a, b] = [newId<'contact'>(), newId<'contact'>()];
  const values = { firstName: 'Grace', lastName: 'Hopper', phone: '+15035550100' };
  stage.server.commit([a, b].map((id) => ({ kind: 'insert' as const, table: 'contacts', id, values })));
  const core = await stage.openSaved();
  await soon(async () => expect(await ask(core, 'contacts.count', {})).toBe(2));
  await soon(async () =>
    expect(await ask(core, 'duplicates.scan', { limit: 10 })).toMatchObject({
      share: 1,
      total: 1,
      pairs: [{ because: 'phone' }],
    }),
  );
  expect(await ask(core, 'duplicates.pair', { keepId: a, mergeId: b })).toMatchObject({
    keep: { id: a },
    merge: { id: b },
  });
});
