import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';
import { addNumber } from '../../../testing/test-world.ts';

let stack: TestStack;
let owner: Person;
const NUMBER = '+15035550100';
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  await addNumber(stack, owner.tenantId, NUMBER);
});
afterAll(() => stack.close());

const accepted = { status: 'accepted' };
const make = async (fields: object): Promise<string> => {
  const id = randomUUID();
  expect(await owner.push({ name: 'contacts.create', input: { id, lastName: 'Lovelace', ...fields } })).toMatchObject([
    accepted,
  ]);
  return id;
};
const read = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data;
const merge = async (keepId: string, mergeId: string, fields: object = {}) =>
  expect(await owner.push({ name: 'contacts.merge', input: { keepId, mergeId, fields } })).toMatchObject([accepted]);
const lastAct = async (action: string) =>
  (
    await stack.rows<{ id: string }>(`select id from acts where action = $1 order by at desc, id desc limit 1`, action)
  )[0]?.id;
const undo = (id: string | undefined, more: object = {}) =>
  owner.push({ name: 'activity.undo', input: { id, ...more } });
const undoMerge = async () => expect(await undo(await lastAct('contacts.merge'))).toMatchObject([accepted]);
const text = (phone: string, body: string) =>
  stack.request('POST', '/sandbox/texts', { body: { number: NUMBER, phone, body } });
const agrees = (contactId: string) => ({
  name: 'consents.record',
  input: { contactId, purpose: 'marketing', kind: 'form', source: 'Fair' },
});
const withdraws = (contactId: string) => ({
  name: 'consents.withdraw',
  input: { contactId, purpose: 'marketing', reason: 'Enough' },
});

test('who writes from the number they had before they were merged is known, and their STOP holds', async () => {
  const [keepId, mergeId] = [await make({ phone: '+14155550371' }), await make({ phone: '+14155550372' })];
  await merge(keepId, mergeId);
  await text('+14155550372', 'Stop');
  expect(await stack.rows(`select 1 from contacts where phone = '+14155550372'`)).toEqual([]);
  expect(await stack.rows('select body from messages where contact_id = $1', keepId)).toEqual([{ body: 'Stop' }]);
  expect((await read(keepId)).optedOutAt).not.toBeNull();
});

test('a no that was said while two were one holds for both when they are taken apart', async () => {
  const phone = '+14155550301';
  const [keepId, mergeId] = [await make({ phone }), await make({ phone })];
  await owner.push(agrees(mergeId));
  await merge(keepId, mergeId);
  await text(phone, 'STOP');
  await owner.push(withdraws(keepId));
  await undoMerge();
  for (const id of [keepId, mergeId]) {
    expect(await read(id)).toMatchObject({ marketingConsentUntil: null, optOutMethod: 'STOP' });
    expect((await read(id)).optedOutAt).not.toBeNull();
  }
  const records = await stack.rows(
    'select act, method, reason from consents where contact_id = $1 order by created_at, act',
    mergeId,
  );
  expect(records).toEqual([
    { act: 'given', method: null, reason: null },
    { act: 'opted_out', method: 'STOP', reason: null },
    { act: 'withdrawn', method: null, reason: 'Enough' },
  ]);
});

test('a yes that was said while two were one stays with the kept one', async () => {
  const [keepId, mergeId] = [await make({ firstName: 'Keep' }), await make({ firstName: 'Merge' })];
  await merge(keepId, mergeId);
  await owner.push(agrees(keepId));
  await undoMerge();
  expect((await read(keepId)).marketingConsentUntil).not.toBeNull();
  expect((await read(mergeId)).marketingConsentUntil).toBeNull();
});

test('taking a merge apart does not give a consent back that was withdrawn since', async () => {
  const [keepId, mergeId] = [await make({ firstName: 'Keep' }), await make({ firstName: 'Merge' })];
  await owner.push(agrees(keepId), withdraws(mergeId));
  await merge(keepId, mergeId);
  expect((await read(keepId)).marketingConsentUntil).toBeNull();
  await owner.push(withdraws(keepId));
  await undoMerge();
  expect((await read(keepId)).marketingConsentUntil).toBeNull();
});

test('who comes back does not have a lead status that was deleted since, and nobody is given one back', async () => {
  const status = async (name: string) => (await owner.call('POST', '/lead-statuses', { name })).body.data.id as string;
  const [ghost, spirit] = [await status('Ghost'), await status('Spirit')];
  const [keepId, mergeId, deletedId] = [
    await make({ leadStatus: 'spirit' }),
    await make({ leadStatus: 'ghost' }),
    await make({ leadStatus: 'ghost' }),
  ];
  await merge(keepId, mergeId, { leadStatus: 'new' });
  await owner.push({ name: 'contacts.delete', input: { id: deletedId } });
  for (const id of [ghost, spirit]) expect((await owner.call('DELETE', `/lead-statuses/${id}`)).status).toBe(200);
  await undoMerge();
  expect(await undo(await lastAct('contacts.delete'))).toMatchObject([accepted]);
  for (const id of [mergeId, deletedId])
    expect(await read(id)).toMatchObject({ leadStatus: null, statusEnteredAt: null });
  expect(await read(keepId)).toMatchObject({ leadStatus: 'new' });
});

test('a bulk act on a contact that was merged since is not taken back on the one that was kept', async () => {
  const status = (await owner.call('POST', '/lead-statuses', { name: 'Shared' })).body.data.id as string;
  const [keepId, mergeId, otherId] = [
    await make({ leadStatus: 'qualified' }),
    await make({ leadStatus: 'shared' }),
    await make({ leadStatus: 'lost' }),
  ];
  await owner.push({ name: 'contacts.setStatus', input: { contactIds: [mergeId, otherId], leadStatus: 'qualified' } });
  const set = await lastAct('contacts.setStatus');
  await merge(keepId, mergeId);
  expect(await undo(set)).toMatchObject([accepted]);
  expect([await read(keepId), await read(otherId)]).toMatchObject([
    { leadStatus: 'qualified' },
    { leadStatus: 'lost' },
  ]);

  const [bothId, goneId] = [await make({ leadStatus: 'new' }), await make({ leadStatus: 'shared' })];
  expect((await owner.call('DELETE', `/lead-statuses/${status}?remapTo=new`)).status).toBe(200);
  await merge(bothId, goneId);
  expect(await undo(await lastAct('leadStatuses.delete'))).toMatchObject([accepted]);
  expect(await read(bothId)).toMatchObject({ leadStatus: 'new' });
});

test('an act on a contact that was merged since is taken back only where that is meant', async () => {
  const [keepId, mergeId] = [await make({ company: 'Own Ltd' }), await make({ company: 'Old Ltd' })];
  await owner.push({ name: 'contacts.update', input: { id: mergeId, company: 'New Ltd' } });
  const edit = await lastAct('contacts.update');
  await merge(keepId, mergeId);
  expect(await undo(edit)).toMatchObject([
    { code: 'conflict', details: { reason: 'changed_since', by: 'Olive Owner' } },
  ]);
  expect(await read(keepId)).toMatchObject({ company: 'Own Ltd' });
  expect(await undo(edit, { anyway: true })).toMatchObject([accepted]);
  expect(await read(keepId)).toMatchObject({ company: 'Old Ltd' });
});

test('a tag that an act gave to a contact that was merged since stays with the one who had it before', async () => {
  const [keepId, mergeId, otherId] = [await make({ tags: ['vip'] }), await make({}), await make({})];
  await owner.push({ name: 'contacts.addTags', input: { contactIds: [mergeId, otherId], tags: ['vip'] } });
  const tagged = await lastAct('contacts.addTags');
  await merge(keepId, mergeId);
  expect(await undo(tagged)).toMatchObject([accepted]);
  expect([await read(keepId), await read(otherId)]).toMatchObject([{ tags: ['vip'] }, { tags: [] }]);
});

test('a note and a task that were deleted before a merge come back to the one that was kept', async () => {
  const [keepId, mergeId, noteId, taskId] = [await make({}), await make({}), randomUUID(), randomUUID()];
  await owner.push(
    { name: 'notes.add', input: { id: noteId, contactId: mergeId, body: 'Remember' } },
    { name: 'tasks.create', input: { id: taskId, contactId: mergeId, title: 'Call' } },
    { name: 'notes.delete', input: { id: noteId } },
    { name: 'tasks.delete', input: { id: taskId } },
  );
  await merge(keepId, mergeId);
  for (const action of ['notes.delete', 'tasks.delete'])
    expect(await undo(await lastAct(action))).toMatchObject([accepted]);
  for (const [table, id] of [
    ['notes', noteId],
    ['tasks', taskId],
  ])
    expect(await stack.rows(`select contact_id as id from ${table} where id = $1`, id)).toEqual([{ id: keepId }]);
});

/** Two with a conversation each. */
async function makeTwo(): Promise<[string, string]> {
  const phones = [1, 2].map(() => `+1415555${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`);
  const [a, b] = [await make({ phone: phones[0] }), await make({ phone: phones[1] })];
  for (const phone of phones) await text(phone, 'Hello');
  return [a, b];
}
const mutesOf = async () =>
  (
    await stack.rows<{ id: string }>(
      `select body ->> 'conversationId' as id from own_items where kind = 'mute' and user_id = $1 order by 1`,
      owner.userId,
    )
  ).map(({ id }) => id);

test('what names the conversation of a merged contact means the one that it went into', async () => {
  const [keepId, mergeId] = await makeTwo();
  const [from, into] = [conversationIdOf(mergeId, 'sms'), conversationIdOf(keepId, 'sms')];
  await merge(keepId, mergeId);
  const taskId = randomUUID();
  const task = { id: taskId, title: 'Late', contactId: mergeId, conversationId: from };
  const late = await owner.push(
    { name: 'tasks.create', input: task },
    { name: 'conversations.setStatus', input: { id: from, status: 'CLOSED' } },
    { name: 'notifications.mute', input: { conversationId: from.toUpperCase(), until: null } },
  );
  expect(late).toMatchObject([accepted, accepted, accepted]);
  expect((await owner.call('GET', `/tasks/${taskId}`)).body.data).toMatchObject({
    contactId: keepId,
    conversationId: into,
  });
  expect(await stack.rows('select status from conversations where id = $1', into)).toEqual([{ status: 'CLOSED' }]);
  expect(await mutesOf()).toEqual([into]);
  expect((await owner.call('GET', `/conversations/${from}/messages`)).body).toMatchObject({ total: 2 });
  await owner.push({ name: 'notifications.unmute', input: { conversationId: from } });
  expect(await mutesOf()).toEqual([]);
});

test('a task on a conversation that a device had made for a contact merged before it was heard of goes to the kept one’s', async () => {
  const [keepId] = await makeTwo();
  const mergeId = await make({ phone: '+14155550399' });
  await merge(keepId, mergeId);
  const taskId = randomUUID();
  const task = { id: taskId, title: 'Late', contactId: mergeId, conversationId: conversationIdOf(mergeId, 'sms') };
  expect(await owner.push({ name: 'tasks.create', input: task })).toMatchObject([accepted]);
  expect((await owner.call('GET', `/tasks/${taskId}`)).body.data).toMatchObject({
    conversationId: conversationIdOf(keepId, 'sms'),
  });
});

test('a muted conversation stays muted when its contact is merged, and is the only one again when they are taken apart', async () => {
  const [keepId, mergeId] = await makeTwo();
  const [from, into] = [conversationIdOf(mergeId, 'sms'), conversationIdOf(keepId, 'sms')];
  await owner.push({ name: 'notifications.mute', input: { conversationId: from, until: null } });
  await merge(keepId, mergeId);
  expect(await mutesOf()).toEqual([into]);
  await undoMerge();
  expect(await mutesOf()).toEqual([from]);
  const own = { conversationId: into, until: Date.UTC(2099, 0) };
  expect(await owner.push({ name: 'notifications.mute', input: own })).toMatchObject([accepted]);
  await merge(keepId, mergeId);
  await undoMerge();
  expect(await mutesOf()).toEqual([from, into].toSorted());
});

test('the id of a merged contact means the kept one in any spelling and in lists, and is nobody else’s', async () => {
  const [keepId, mergeId] = [await make({ firstName: 'Keep' }), await make({ firstName: 'Merge' })];
  await owner.push({ name: 'tasks.create', input: { id: randomUUID(), contactId: mergeId, title: 'Call' } });
  await merge(keepId, mergeId);
  expect((await owner.call('GET', `/contacts/${mergeId.toUpperCase()}`)).body.data.id).toBe(keepId);
  expect((await owner.call('GET', `/tasks?contactId=${mergeId}`)).body).toMatchObject({ total: 1 });
  expect((await owner.call('GET', `/lead-statuses/firings?contactId=${mergeId}`)).status).toBe(200);
  const again = await owner.call('POST', '/contacts', { id: mergeId, firstName: 'Other' });
  expect([again.status, again.body.error?.code]).toEqual([409, 'conflict']);
});

test('what comes for a contact while it is being merged goes to the one that is kept', async () => {
  const [lastId, keepId, mergeId] = [await make({}), await make({ phone: '+14155550398' }), await make({})];
  await merge(keepId, mergeId);
  const client = await stack.database.pool.connect();
  await client.query('begin');
  await client.query('select from contacts where id = $1 for update', [keepId]);
  const coming = Promise.all([
    owner.push({ name: 'notes.add', input: { contactId: mergeId, body: 'Remember' } }),
    owner.push({ name: 'tasks.create', input: { contactId: keepId, title: 'Call' } }),
    owner.push({ name: 'contacts.update', input: { id: mergeId, company: 'Acme' } }),
    text('+14155550398', 'Hello'),
  ]);
  const waiting = () =>
    stack.rows(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  await expect.poll(waiting).toHaveLength(4);
  await client.query('update contact_merges set kept_id = $2 where kept_id = $1', [keepId, lastId]);
  await client.query(
    `insert into contact_merges (id, tenant_id, kept_id, merged_id, merged, at) values (gen_random_uuid(), $1, $2, $3, '{}', now())`,
    [owner.tenantId, lastId, keepId],
  );
  await client.query('delete from contacts where id = $1', [keepId]);
  await client.query('commit');
  client.release();
  const [note, task, edit, received] = await coming;
  expect([note, task, edit, received.status]).toMatchObject([[accepted], [accepted], [accepted], 200]);
  expect(await read(lastId)).toMatchObject({ company: 'Acme' });
  for (const table of ['notes', 'tasks', 'messages'])
    expect(await stack.rows(`select from ${table} where contact_id = $1`, lastId)).toHaveLength(1);
});

test('an address that nobody is to be written to stays so by whichever road it comes back', async () => {
  const phones = ['+14155550391', '+14155550392'];
  const [twinId, keepId, mergeId] = [
    await make({ messengerPsid: 'suppressed' }),
    await make({ phone: phones[0] }),
    await make({ phone: '+14155550393' }),
  ];
  await merge(keepId, mergeId, { phone: '+14155550393' });
  for (const phone of phones) {
    const id = await make({ phone });
    await owner.push(
      { name: 'contacts.optOut', input: { id } },
      { name: 'privacy.eraseContact', input: { id, reason: 'Asked' } },
    );
  }
  await undoMerge();
  await make({ messengerPsid: 'suppressed', phone: phones[1] });
  for (const [id, phone] of [
    [keepId, phones[0]],
    [twinId, phones[1]],
  ] as const) {
    expect(await read(id)).toMatchObject({ phone });
    expect((await read(id)).optedOutAt).not.toBeNull();
  }
});

test('merged again by taking that back, two have what was chosen the first time', async () => {
  const [keepId, mergeId] = [
    await make({ company: 'Keep Ltd', source: 'Fair', keywords: ['a'] }),
    await make({ company: 'Merge Ltd', leadScore: 7, keywords: ['b'] }),
  ];
  const chosen = { company: 'Merge Ltd', source: null };
  await merge(keepId, mergeId, chosen);
  const once = await read(keepId);
  expect(once).toMatchObject({ ...chosen, leadScore: 7, keywords: ['a', 'b'] });
  await undoMerge();
  expect(await read(keepId)).toMatchObject({ company: 'Keep Ltd', source: 'Fair', leadScore: null });
  expect(await undo(await lastAct('contacts.unmerge'))).toMatchObject([accepted]);
  expect(await read(keepId)).toEqual({ ...once, updatedAt: expect.any(Number) });
});

test('history says which changes were another contact’s until they were merged', async () => {
  const [keepId, mergeId] = [await make({ company: 'Keep Ltd' }), await make({})];
  await owner.push(
    { name: 'contacts.update', input: { id: mergeId, company: 'Merge Ltd', leadStatus: 'new' } },
    { name: 'contacts.update', input: { id: keepId, company: 'Kept Ltd' } },
  );
  await merge(keepId, mergeId);
  const { body } = await owner.call('GET', `/contacts/${keepId}/history?fields=company,leadStatus`);
  const told = (body.data.entries as { field: string; after: unknown; details: object }[]).map(
    ({ field, after, details }) => [field, after, details],
  );
  const [was, merged] = [{ mergedId: mergeId }, { fromStatus: null, toStatus: 'new' }];
  expect(told).toHaveLength(4);
  expect(told).toEqual(
    expect.arrayContaining([
      ['company', 'Merge Ltd', was],
      ['leadStatus', 'new', { ...was, ...merged }],
      ['company', 'Kept Ltd', {}],
      ['leadStatus', 'new', merged],
    ]),
  );
});
