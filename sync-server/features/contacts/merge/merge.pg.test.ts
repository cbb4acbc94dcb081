import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversationIdOf } from '../../../../shared/inbox/message.ts';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';
import { addNumber } from '../../../testing/test-world.ts';
import { ENDED_TABLES, MOVED_TABLES, UNITED_TABLES } from './moved-tables.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
const NUMBER = '+15035550100';
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  await addNumber(stack, owner.tenantId, NUMBER);
});
afterAll(() => stack.close());

const accepted = { status: 'accepted' };
const make = async (fields: object): Promise<string> => {
  const id = randomUUID();
  expect(await owner.push({ name: 'contacts.create', input: { id, ...fields } })).toMatchObject([accepted]);
  return id;
};
const read = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data;
const merge = (keepId: string, mergeId: string, fields: object = {}) =>
  owner.push({ name: 'contacts.merge', input: { keepId, mergeId, fields } });
const undoMerge = async (mergedId: string, who = owner) => {
  const [act] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'contacts.merge' and after ->> 'mergedId' = $1 order by at desc limit 1`,
    mergedId,
  );
  return who.push({ name: 'activity.undo', input: { id: act?.id } });
};
const text = (phone: string, body: string) =>
  stack.request('POST', '/sandbox/texts', { body: { number: NUMBER, phone, body } });

/** Somebody with one of everything. */
async function makeRich(name: string, phone: string): Promise<string> {
  const id = await make({ firstName: name, phone, tags: [name, 'both'] });
  await text(phone, `Hello from ${name}`);
  await owner.push(
    { name: 'contacts.update', input: { id, company: `${name} Ltd` } },
    { name: 'notes.add', input: { id: randomUUID(), contactId: id, body: `Note on ${name}` } },
    {
      name: 'tasks.create',
      input: { id: randomUUID(), title: `Call ${name}`, contactId: id, conversationId: conversationIdOf(id, 'sms') },
    },
    { name: 'consents.record', input: { contactId: id, purpose: 'marketing', kind: 'form', source: name } },
  );
  await owner.call('POST', `/contacts/${id}/visits`, { url: `https://acme.example/${name}` });
  const group = randomUUID();
  await stack.rows(
    `insert into contact_groups (id, tenant_id, name, created_at, updated_at) values ($1, $2, $3, now(), now())`,
    group,
    owner.tenantId,
    name,
  );
  await stack.rows(
    `insert into group_members (id, tenant_id, contact_id, group_id, created_at) values (gen_random_uuid(), $1, $2, $3, now())`,
    owner.tenantId,
    id,
    group,
  );
  return id;
}

/** How many rows of each table hang on the contact. */
async function countRows(id: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...Object.keys(MOVED_TABLES), ...UNITED_TABLES]) {
    const column = table === 'contact_merges' ? 'kept_id' : 'contact_id';
    const [row] = await stack.rows<{ n: number }>(`select count(*)::int as n from ${table} where ${column} = $1`, id);
    if (row?.n) counts[table] = row.n;
  }
  return counts;
}
const bodiesOf = async (id: string) =>
  (await stack.rows<{ body: string }>('select body from messages where contact_id = $1 order by created_at', id)).map(
    ({ body }) => body,
  );

test('every table that names a contact is moved, united or ended by a merge', async () => {
  const tables = await stack.rows<{ name: string }>(
    `select distinct conrelid::regclass::text as name from pg_constraint where confrelid = 'contacts'::regclass and contype = 'f'`,
  );
  // Acts name contacts that may be gone, so nothing ties them.
  const known = [...Object.keys(MOVED_TABLES), ...UNITED_TABLES, ...ENDED_TABLES].filter((name) => name !== 'acts');
  expect(tables.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
});

test('the kept contact has everything of both: fields it lacked, tags, groups, notes, messages, tasks, consents, visits and history', async () => {
  const keepId = await makeRich('Keep', '+14155550201');
  const mergeId = await makeRich('Merge', '+14155550202');
  await owner.push({
    name: 'contacts.update',
    input: { id: mergeId, email: 'merge@mail.example', leadScore: 40, attributes: { city: 'Bonn', plan: 'b' } },
  });
  await owner.push({ name: 'contacts.update', input: { id: keepId, attributes: { plan: 'a' } } });
  const [kept, merged] = [await countRows(keepId), await countRows(mergeId)];
  expect(await merge(keepId, mergeId, { company: 'Both Ltd' })).toMatchObject([accepted]);
  expect(await read(keepId)).toMatchObject({
    firstName: 'Keep',
    phone: '+14155550201',
    company: 'Both Ltd',
    email: 'merge@mail.example',
    leadScore: 40,
    attributes: { city: 'Bonn', plan: 'a' },
    tags: ['Keep', 'Merge', 'both'],
  });
  const all = await countRows(keepId);
  for (const table of ['notes', 'messages', 'tasks', 'consents', 'contact_visits'])
    expect([table, all[table]]).toEqual([table, (kept[table] ?? 0) + (merged[table] ?? 0)]);
  expect(all).toMatchObject({ conversations: 1, contact_tags: 3, group_members: 2, contact_merges: 1 });
  expect(await bodiesOf(keepId)).toEqual(['Hello from Keep', 'Hello from Merge']);
  const conversation = conversationIdOf(keepId, 'sms');
  const ids = await stack.rows('select distinct conversation_id as id from messages where contact_id = $1', keepId);
  expect(ids).toEqual([{ id: conversation }]);
  expect(
    await stack.rows('select last_message_preview as last from conversations where id = $1', conversation),
  ).toEqual([{ last: 'Hello from Merge' }]);
  const { entries } = (await owner.call('GET', `/contacts/${keepId}/history?limit=200`)).body.data;
  expect(entries.find(({ kind }: { kind: string }) => kind === 'MERGED')).toMatchObject({
    userId: owner.userId,
    details: { contactId: mergeId, name: 'Merge' },
  });
  // What the other one was is told as its past, and what the merge changed as the merge's.
  expect(entries).toContainEqual(expect.objectContaining({ field: 'company', after: 'Merge Ltd', cause: null }));
  expect(entries).toContainEqual(
    expect.objectContaining({
      field: 'company',
      before: 'Keep Ltd',
      after: 'Both Ltd',
      cause: { kind: 'merge', id: expect.any(String) },
    }),
  );
  expect(await stack.rows('select id from contacts where id = $1', mergeId)).toEqual([]);
});

test('what names the merged contact later goes to the kept one: edits, tags, notes, tasks, texts, stages, visits', async () => {
  const keepId = await make({ firstName: 'Keep', phone: '+14155550211' });
  const mergeId = await make({ firstName: 'Merge' });
  await merge(keepId, mergeId);
  const [noteId, taskId] = [randomUUID(), randomUUID()];
  expect(
    await agent.push(
      { name: 'contacts.update', input: { id: mergeId, company: 'Late' } },
      { name: 'contacts.addTags', input: { contactIds: [mergeId, keepId], tags: ['late'] } },
      { name: 'contacts.setScore', input: { contactIds: [mergeId], leadScore: 77 } },
      { name: 'notes.add', input: { id: noteId, contactId: mergeId, body: 'Late note' } },
      { name: 'tasks.create', input: { id: taskId, title: 'Late task', contactId: mergeId } },
      { name: 'messages.send', input: { id: randomUUID(), contactId: mergeId, body: 'Late text' } },
      { name: 'contacts.optOut', input: { id: mergeId } },
    ),
  ).toMatchObject(Array.from({ length: 7 }, () => accepted));
  expect(await read(keepId)).toMatchObject({ company: 'Late', tags: ['late'], leadScore: 77, optOutMethod: 'manual' });
  expect(await read(mergeId)).toMatchObject({ id: keepId });
  expect(await countRows(keepId)).toMatchObject({ notes: 1, tasks: 1, messages: 1, conversations: 1 });
  // Deleting who was merged is not deleting who they are now.
  expect(
    await owner.push(
      { name: 'contacts.delete', input: { id: mergeId } },
      { name: 'contacts.deleteMany', input: { contactIds: [mergeId] } },
    ),
  ).toMatchObject([{ code: 'conflict', details: { reason: 'merged', keptId: keepId } }, { code: 'not_found' }]);
  expect(await merge(keepId, mergeId)).toMatchObject([{ code: 'conflict', details: { reason: 'merged' } }]);
});

test('a merge is taken apart also after other edits: each has its own again, and the kept one what is not the merge’s any more', async () => {
  const keepId = await makeRich('Stay', '+14155550221');
  const mergeId = await makeRich('Leave', '+14155550222');
  await owner.push({
    name: 'contacts.update',
    input: { id: mergeId, email: 'leave@mail.example', source: 'Fair', timezone: 'UTC' },
  });
  const [keptBefore, mergedBefore] = [await read(keepId), await read(mergeId)];
  const counts = { kept: await countRows(keepId), merged: await countRows(mergeId) };
  await merge(keepId, mergeId);
  expect(await read(keepId)).toMatchObject({ email: 'leave@mail.example', source: 'Fair', timezone: 'UTC' });
  await agent.push(
    { name: 'contacts.update', input: { id: keepId, source: 'Typed since' } },
    { name: 'contacts.update', input: { id: mergeId, locale: 'de' } },
    { name: 'notes.add', input: { id: randomUUID(), contactId: mergeId, body: 'Written since' } },
  );
  await text('+14155550221', 'Since');
  expect(await undoMerge(mergeId)).toMatchObject([accepted]);
  const { updatedAt: _, ...mergedAfter } = await read(mergeId);
  expect({ ...mergedAfter, updatedAt: mergedBefore.updatedAt }).toEqual(mergedBefore);
  expect(await read(keepId)).toMatchObject({
    email: null,
    timezone: null,
    source: 'Typed since',
    locale: 'de',
    tags: keptBefore.tags,
    groupIds: keptBefore.groupIds,
  });
  // Its acts tell of more than they did: the merge and its undo are among them.
  const { acts: _acts, ...mergedCounts } = await countRows(mergeId);
  const { acts: _before, ...mergedThen } = counts.merged;
  expect(mergedCounts).toEqual(mergedThen);
  expect(await countRows(keepId)).toMatchObject({ notes: 2, messages: 2, conversations: 1, tasks: 1, consents: 1 });
  expect(await bodiesOf(mergeId)).toEqual(['Hello from Leave']);
  expect(await bodiesOf(keepId)).toEqual(['Hello from Stay', 'Since']);
  for (const [id, last] of [
    [keepId, 'Since'],
    [mergeId, 'Hello from Leave'],
  ] as const)
    expect(
      await stack.rows('select id, last_message_preview as last from conversations where contact_id = $1', id),
    ).toEqual([{ id: conversationIdOf(id, 'sms'), last }]);
  // And done again by undoing the undo.
  const [undone] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'contacts.unmerge' and entity_id = $1`,
    keepId,
  );
  expect(await owner.push({ name: 'activity.undo', input: { id: undone?.id } })).toMatchObject([accepted]);
  expect(await read(mergeId)).toMatchObject({ id: keepId });
});

test('merges of merges are taken apart in any order', async () => {
  const [a, b, c] = [
    await make({ firstName: 'A' }),
    await make({ firstName: 'B', company: 'B Ltd' }),
    await make({ firstName: 'C', source: 'C' }),
  ];
  await owner.push({ name: 'notes.add', input: { id: randomUUID(), contactId: c, body: 'Of C' } });
  await merge(b, c);
  await merge(a, b);
  expect(await read(c)).toMatchObject({ id: a, company: 'B Ltd', source: 'C' });
  expect(await undoMerge(c)).toMatchObject([accepted]);
  expect(await read(c)).toMatchObject({ id: c, firstName: 'C', source: 'C' });
  expect(await countRows(c)).toMatchObject({ notes: 1 });
  expect(await undoMerge(b)).toMatchObject([accepted]);
  expect(await read(b)).toMatchObject({ id: b, company: 'B Ltd' });
  expect(await read(a)).toMatchObject({ firstName: 'A', company: null });
});

test('who opted out stays opted out, and the newest consent of either holds', async () => {
  const [keepId, mergeId] = [await make({ firstName: 'A' }), await make({ firstName: 'B' })];
  await owner.push(
    { name: 'consents.record', input: { contactId: keepId, purpose: 'marketing', kind: 'form', givenAt: 1_000 } },
    { name: 'consents.record', input: { contactId: mergeId, purpose: 'marketing', kind: 'form', givenAt: 2_000 } },
    { name: 'consents.withdraw', input: { contactId: mergeId, purpose: 'marketing' } },
    { name: 'contacts.optOut', input: { id: mergeId, reason: 'No' } },
  );
  await merge(keepId, mergeId);
  expect(await read(keepId)).toMatchObject({
    marketingConsentUntil: null,
    optedOutAt: expect.any(Number),
    optOutReason: 'No',
  });
});

test('one person of a page made on two devices is one contact, and what follows the later one goes there', async () => {
  const [first, later] = [randomUUID(), randomUUID()];
  const person = { messengerPsid: 'psid-1', firstName: 'Ada' };
  expect(
    await owner.push({ name: 'contacts.create', input: { id: first, ...person, company: 'First' } }),
  ).toMatchObject([accepted]);
  expect(
    await agent.push(
      { name: 'contacts.create', input: { id: later, ...person, company: 'Later', source: 'Chat', tags: ['new'] } },
      { name: 'contacts.update', input: { id: later, leadScore: 60 } },
      { name: 'notes.add', input: { id: randomUUID(), contactId: later, body: 'Asked for a quote' } },
    ),
  ).toMatchObject([accepted, accepted, accepted]);
  expect(await stack.rows(`select id from contacts where messenger_psid = 'psid-1'`)).toEqual([{ id: first }]);
  expect(await read(first)).toMatchObject({ company: 'First', source: 'Chat', leadScore: 60, tags: ['new'] });
  expect(await countRows(first)).toMatchObject({ notes: 1 });
  // Over REST too: the answer is who is there already.
  const reply = await owner.call('POST', '/contacts', person);
  expect(reply.body.data).toEqual({ id: first });
  // Nothing that was typed is lost: what the first one had otherwise stands in the log.
  const log = await stack.rows(
    `select after ->> 'company' as company from audit_log where entity_id = $1 and action = 'contacts.create' order by at`,
    first,
  );
  expect(log).toEqual([{ company: 'First' }, { company: 'Later' }, { company: null }]);
});

test('that two are not the same person is remembered for everybody, and can be taken back', async () => {
  const [a, b] = [await make({ firstName: 'A' }), await make({ firstName: 'A' })];
  expect(
    await owner.push(
      { name: 'contacts.notDuplicates', input: { a, b } },
      { name: 'contacts.notDuplicates', input: { a: b, b: a } },
    ),
  ).toMatchObject([accepted, accepted]);
  const items = () =>
    stack.rows<{ body: object }>(
      `select body from workspace_items where kind = 'not_duplicate' and body ->> 'a' in ($1, $2)`,
      a,
      b,
    );
  const [one, other] = [a, b].toSorted();
  expect(await items()).toEqual([{ body: { a: one, b: other } }]);
  const [act] = await stack.rows<{ id: string }>(
    `select id from acts where action = 'contacts.notDuplicates' order by at desc limit 1`,
  );
  expect(await owner.push({ name: 'activity.undo', input: { id: act?.id } })).toMatchObject([accepted]);
  expect(await items()).toEqual([]);
});
