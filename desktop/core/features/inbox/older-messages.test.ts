import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { readProfileKey } from '../../testing/profile-key.ts';
import { ask, CoreStage, soon } from '../../testing/core-stage.ts';
import type { Core } from '../../start-core.ts';
import { saveSetting } from '../../replica/local-settings.ts';
import { openReplica } from '../../replica/open-replica.ts';
import { dropOlderMessages, noteReading } from './older-messages.ts';

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

test('what is being read is not dropped for the quota, and what is replicated never is', async () => {
  const core = await openWith(60, 30);
  await ask(core, 'storage.choose', { messageDays: 30, quotaBytes: 1 });
  await ask(core, 'messages.fetchOlder', { conversationId });
  await stage.closeCores();
  const replica = openReplica(path.join(stage.replicaDir, 'replica.sqlite'), readProfileKey(stage.profileDir));
  const count = (table: string) => replica.sql(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(dropOlderMessages(replica, Date.now())).toBe(false);
  expect([count('messages'), count('older_messages')]).toEqual([30, 30]);
  expect(dropOlderMessages(replica, Date.now() + 11 * 60_000)).toBe(true);
  expect(dropOlderMessages(replica, Date.now() + 11 * 60_000)).toBe(false);
  expect([count('messages'), count('older_messages')]).toEqual([30, 0]);
  replica.close();
});

test('over the quota the conversation that nobody read for longest goes first, and whole', () => {
  const replica = openReplica(':memory:');
  const [old, read] = [newId<'conversation'>(), newId<'conversation'>()];
  replica.sql('INSERT INTO contacts (id) VALUES (?)').run(contactId);
  replica.sql(`UPDATE stream SET ready = 1`).run();
  for (const [conversation, usedAt] of [
    [old, 1],
    [read, 2],
    [old, 1],
  ] as const)
    replica
      .sql('INSERT INTO older_messages (id, conversation_id, contact_id, used_at) VALUES (?, ?, ?, ?)')
      .run(newId(), conversation, contactId, usedAt);
  noteReading(replica, old, 3);
  saveSetting(replica, 'quota_bytes', '1');
  const left = () => replica.sql('SELECT DISTINCT conversation_id FROM older_messages').pluck().all();
  expect([dropOlderMessages(replica, Date.now()), left()]).toEqual([true, [old]]);
  expect([dropOlderMessages(replica, Date.now()), left()]).toEqual([true, []]);
});

test('older messages stay while their contacts are still on the way', () => {
  const replica = openReplica(':memory:');
  replica
    .sql('INSERT INTO older_messages (id, conversation_id, contact_id, used_at) VALUES (?, ?, ?, 1)')
    .run(newId(), conversationId, contactId);
  dropOlderMessages(replica, Date.now());
  expect(replica.sql('SELECT count(*) FROM older_messages').pluck().get()).toBe(1);
});

test('fetched messages go with their contact', async () => {
  const core = await openWith(60, 30);
  await ask(core, 'storage.choose', { messageDays: 30 });
  await ask(core, 'messages.fetchOlder', { conversationId });
  stage.server.commit([{ kind: 'delete', table: 'contacts', ids: [contactId] }]);
  await soon(async () => expect(await ask(core, 'sync.inspect', {})).toMatchObject({ storage: { olderMessages: 0 } }));
});
