import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPublish } from '../../events/event.ts';
import { createOpenAct, createPerform, systemOf } from '../../db/act.ts';
import { NO_FIELD_KEYS } from '../../db/fields/field-keys.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';
import { addNumber } from '../../testing/test-world.ts';
import { createCarrierEvents } from '../../compose.ts';
import { pino } from 'pino';
import { notificationSubscribers } from './notification-subscribers.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
let other: Person;
let viewer: Person;
let phone = 0;
let from: string;

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  other = await stack.join(owner, 'AGENT');
  viewer = await stack.join(owner, 'VIEWER');
  await addNumber(stack, owner.tenantId, '+15035550100');
});
afterAll(() => stack.close());
beforeEach(() => {
  phone += 1;
  from = `+141555501${String(phone).padStart(2, '0')}`;
});

const perform = () =>
  createPerform(
    stack.database.pool,
    createOpenAct({
      fields: NO_FIELD_KEYS,
      enqueue: async () => {},
      publish: createPublish(notificationSubscribers),
      now: Date.now,
      newId,
    }),
  );
const receive = async (body: string) => {
  const events = createCarrierEvents({
    pool: stack.database.pool,
    perform: perform(),
    logger: pino({ level: 'silent' }),
  });
  expect(
    await events.receiveText({ vendor: 'sandbox', vendorId: randomUUID(), from, to: '+15035550100', body, raw: {} }),
  ).toBe('stored');
};
const contactId = async () =>
  (
    await stack.rows<{ id: string }>(
      'select id from contacts where tenant_id = $1 and phone = $2',
      owner.tenantId,
      from,
    )
  )[0]?.id ?? '';
const conversationId = async () =>
  (await stack.rows<{ id: string }>('select id from conversations where contact_id = $1', await contactId()))[0]?.id ??
  '';
type Told = { who: string; status: string; count: number; preview: string | null };
const told = async (): Promise<Told[]> => {
  const people = new Map([
    [owner.userId, 'owner'],
    [agent.userId, 'agent'],
    [other.userId, 'other'],
    [viewer.userId, 'viewer'],
  ]);
  const rows = await stack.rows<{ user_id: string; status: string; count: number; params: { preview?: string } }>(
    `select * from notifications where contact_id = $1 and kind = 'SMS_REPLY' order by created_at, id`,
    await contactId(),
  );
  return rows
    .map((row) => ({
      who: people.get(row.user_id) ?? '?',
      status: row.status,
      count: row.count,
      preview: row.params.preview ?? null,
    }))
    .toSorted((a, b) => (a.who < b.who ? -1 : 1));
};

test('a text from somebody nobody owns tells everybody who may write, once however many texts', async () => {
  await receive('Hello');
  await receive('Anybody there?');
  const said = { status: 'UNREAD', count: 2, preview: 'Anybody there?' };
  expect(await told()).toEqual([
    { who: 'agent', ...said },
    { who: 'other', ...said },
    { who: 'owner', ...said },
  ]);
});

test('it tells the owner of the contact alone, and without one who wrote to them last', async () => {
  await receive('First');
  await stack.rows('delete from notifications');
  await agent.push({ name: 'messages.send', input: { contactId: await contactId(), body: 'Hi' } });
  await receive('For the writer');
  expect(await told()).toMatchObject([{ who: 'agent', preview: 'For the writer' }]);
  await owner.push({ name: 'contacts.update', input: { id: await contactId(), ownerId: other.userId } });
  await receive('For the owner');
  expect(await told()).toMatchObject([
    { who: 'agent', preview: 'For the writer' },
    { who: 'other', preview: 'For the owner' },
  ]);
});

test('an answer, or closing the conversation, is old news to everybody', async () => {
  await receive('Hello');
  await agent.push({ name: 'messages.send', input: { contactId: await contactId(), body: 'Hi' } });
  expect((await told()).map(({ status }) => status)).toEqual(['READ', 'READ', 'READ']);
  await receive('Again');
  await agent.push({ name: 'conversations.setStatus', input: { id: await conversationId(), status: 'CLOSED' } });
  expect((await told()).filter(({ status }) => status === 'UNREAD')).toEqual([]);
});

test('a kind that somebody switched off is not put into their centre; security is, whatever they chose', async () => {
  const off = { inApp: false, desktop: false };
  await other.push({
    name: 'notifications.setPreferences',
    input: { kinds: { SMS_REPLY: off, SECURITY: off }, quiet: null, sound: true },
  });
  expect((await other.call('GET', '/notifications/preferences')).body.data).toEqual({
    kinds: { SMS_REPLY: off, SECURITY: off },
    quiet: null,
    sound: true,
  });
  await receive('Hello');
  expect((await told()).map(({ who }) => who)).toEqual(['agent', 'owner']);
  await perform()(systemOf(owner.tenantId), (act) =>
    act.publish({ type: 'security.noticed', userId: other.userId, what: 'new_device', detail: 'Laptop' }),
  );
  expect((await other.call('GET', '/notifications?kind=SECURITY')).body.data).toMatchObject([
    { kind: 'SECURITY', params: { what: 'new_device', detail: 'Laptop' } },
  ]);
});

test('whoever is given a contact is told, not who gave it to themselves, and a deactivated member never', async () => {
  const [a, b] = [randomUUID(), randomUUID()];
  await owner.push(
    { name: 'contacts.create', input: { id: a, firstName: 'A', ownerId: agent.userId } },
    { name: 'contacts.create', input: { id: b, firstName: 'B', ownerId: owner.userId } },
  );
  expect(
    await stack.rows(
      `select user_id, contact_id, params from notifications where kind = 'CONTACT_ASSIGNED' and contact_id = any($1)`,
      [a, b],
    ),
  ).toEqual([{ user_id: agent.userId, contact_id: a, params: { byId: owner.userId } }]);
});

test('a person reads, archives and deletes their own over REST, and finds nobody else’s', async () => {
  await receive('Hello');
  const { body } = await agent.call('GET', '/notifications?status=UNREAD&kind=SMS_REPLY&limit=1');
  const [{ id }] = body.data as [{ id: string }];
  expect((await agent.call('PUT', `/notifications/${id}/read`)).body).toEqual({ data: { id } });
  expect((await agent.call('GET', `/notifications/${id}`)).body.data).toMatchObject({
    status: 'READ',
    readAt: expect.any(Number),
  });
  expect((await agent.call('PUT', `/notifications/${id}/archive`)).status).toBe(200);
  expect((await agent.call('GET', '/notifications?status=ARCHIVED')).body.total).toBe(1);
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', '/read'],
    ['PUT', '/archive'],
    ['DELETE', ''],
  ] as const)
    expect((await owner.call(method, `/notifications/${id}${path}`)).status).toBe(404);
  expect((await agent.call('DELETE', `/notifications/${id}`)).status).toBe(200);
  expect((await agent.call('GET', `/notifications/${id}`)).status).toBe(404);
});

test('clearing all and taking it back leaves each as it was asked, and a new text does not count into one put back', async () => {
  await receive('Hello');
  const ids = (
    await stack.rows<{ id: string }>(
      `select id from notifications where user_id = $1 and status = 'UNREAD'`,
      agent.userId,
    )
  ).map(({ id }) => id);
  expect(await agent.push({ name: 'notifications.setStatus', input: { ids, status: 'ARCHIVED' } })).toMatchObject([
    { status: 'accepted' },
  ]);
  expect(await agent.push({ name: 'notifications.setStatus', input: { ids, status: 'UNREAD' } })).toMatchObject([
    { status: 'accepted' },
  ]);
  await receive('More');
  expect((await told()).filter(({ who }) => who === 'agent').map(({ count }) => count)).toEqual([1, 1]);
});

test('muting is kept per person, and only for conversations of one’s own team', async () => {
  await receive('Hello');
  const id = await conversationId();
  await agent.push({ name: 'notifications.mute', input: { conversationId: id, until: null } });
  await agent.push({ name: 'notifications.mute', input: { conversationId: id, until: 5 } });
  const mutes = () => stack.rows(`select user_id, body from own_items where kind = 'mute'`);
  expect(await mutes()).toEqual([{ user_id: agent.userId, body: { conversationId: id, until: 5 } }]);
  await agent.push({ name: 'notifications.unmute', input: { conversationId: id } });
  expect(await mutes()).toEqual([]);
});
