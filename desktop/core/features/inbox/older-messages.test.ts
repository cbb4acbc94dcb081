import { afterEach, beforeEach, expect, test } from 'vitest';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { ask, CoreStage, soon } from '../../testing/core-stage.ts';
import type { Core } from '../../start-core.ts';

const DAY_MS = 86_400_000;
const contactId = newId<'contact'>();
const conversationId = conversationIdOf(contactId, 'sms');
let stage: CoreStage;
let now: number;

/** `age` days old; the newest is message 0. */
const message = (age: number) => ({
  id: newId<'message'>(),
  conversationId,
  contactId,
  channel: 'sms',
  direction: 'in',
  body: `day ${age}`,
  status: 'received',
  failure: null,
  authorId: null,
  createdAt: now - age * DAY_MS,
  sentAt: null,
  deliveredAt: null,
});

/** A conversation of `total` days with a message each; the shape carries those of the last `shaped` days. */
async function openWith(total: number, shaped: number): Promise<Core> {
  const { server } = stage;
  const history = Array.from({ length: total }, (_, age) => message(age));
  server.history.push(...history);
  server.commit([
    { kind: 'insert', table: 'contacts', id: contactId, values: { firstName: 'Grace' } },
    {
      kind: 'insert',
      table: 'conversations',
      id: conversationId,
      values: { contactId, channel: 'sms', status: 'OPEN', createdAt: now - (total - 1) * DAY_MS },
    },
    ...history.slice(0, shaped).map(({ id, ...values }) => ({
      kind: 'insert' as const,
      table: 'messages',
      id,
      values,
    })),
  ]);
  const core = await stage.openSaved();
  await soon(async () => expect(await bodies(core)).toHaveLength(shaped));
  return core;
}

const list = (core: Core, limit = 1_000) => ask(core, 'messages.list', { conversationId, limit });
const bodies = async (core: Core) => (await list(core)).rows.map(({ body }) => body);
const days = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => `day ${from - i}`);

beforeEach(async () => {
  now = Date.now();
  stage = new CoreStage();
  await stage.server.listen();
});
afterEach(() => stage.clear());

test('messages before the window are fetched when asked for, shown in order with the others, and stay for offline', async () => {
  const core = await openWith(420, 30);
  await ask(core, 'storage.choose', { messageDays: 30 });
  expect(await list(core)).toMatchObject({ more: false, older: true });
  expect(await ask(core, 'messages.fetchOlder', { conversationId })).toEqual({ fetched: 170, more: true });
  expect(await bodies(core)).toEqual(days(199, 0));
  expect(await list(core, 50)).toMatchObject({ more: true, older: false });
  expect(await ask(core, 'messages.fetchOlder', { conversationId })).toEqual({ fetched: 200, more: true });
  expect(await ask(core, 'messages.fetchOlder', { conversationId })).toEqual({ fetched: 20, more: false });
  await stage.server.unplug();
  expect(await bodies(core)).toEqual(days(419, 0));
  expect(await list(core)).toMatchObject({ more: false, older: false });
  expect(await core.call('messages.fetchOlder', { conversationId })).toMatchObject({ error: { code: 'unavailable' } });
});

test('with all messages replicated nothing older is offered', async () => {
  const core = await openWith(40, 40);
  expect(await list(core)).toMatchObject({ more: false, older: false });
});

test('a message that comes into the window again is shown once', async () => {
  const core = await openWith(60, 30);
  await ask(core, 'storage.choose', { messageDays: 30 });
  await ask(core, 'messages.fetchOlder', { conversationId });
  const [again] = stage.server.history.slice(30, 31);
  const { id, ...values } = again as ReturnType<typeof message>;
  stage.server.commit([{ kind: 'insert', table: 'messages', id, values }]);
  await soon(async () => expect(await ask(core, 'sync.inspect', {})).toMatchObject({ storage: { messages: 31 } }));
  expect(await bodies(core)).toEqual(days(59, 0));
  await soon(async () => expect(await ask(core, 'sync.inspect', {})).toMatchObject({ storage: { olderMessages: 29 } }));
});

test('over the quota the fetched messages go, those that are replicated stay', async () => {
  const core = await openWith(60, 30);
  await ask(core, 'storage.choose', { messageDays: 30 });
  await ask(core, 'messages.fetchOlder', { conversationId });
  await ask(core, 'storage.choose', { quotaBytes: 1 });
  await soon(async () =>
    expect(await ask(core, 'sync.inspect', {})).toMatchObject({ storage: { messages: 30, olderMessages: 0 } }),
  );
  expect(await list(core)).toMatchObject({ older: true });
});

test('fetched messages go with their contact', async () => {
  const core = await openWith(60, 30);
  await ask(core, 'storage.choose', { messageDays: 30 });
  await ask(core, 'messages.fetchOlder', { conversationId });
  stage.server.commit([{ kind: 'delete', table: 'contacts', ids: [contactId] }]);
  await soon(async () => expect(await ask(core, 'sync.inspect', {})).toMatchObject({ storage: { olderMessages: 0 } }));
});
