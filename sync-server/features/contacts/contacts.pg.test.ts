import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactTagIdOf, tagIdOf } from '../../../shared/contacts/tag.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const create = async (fields: object) => (await owner.call('POST', '/contacts', fields)).body.data.id as string;
const get = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data;

test('a contact comes back whole, with its tags in order and empty fields as null', async () => {
  const id = await create({
    firstName: 'Ada',
    email: 'ada@example.com',
    leadScore: 80,
    attributes: { plan: 'gold' },
    tags: ['b', 'a'],
  });
  expect(await get(id)).toMatchObject({
    id,
    firstName: 'Ada',
    lastName: null,
    company: null,
    email: 'ada@example.com',
    phone: null,
    leadScore: 80,
    leadStatus: null,
    ownerId: null,
    source: null,
    locale: null,
    timezone: null,
    attributes: { plan: 'gold' },
    tags: ['a', 'b'],
    optedOutAt: null,
    lastInteractionAt: null,
    createdAt: expect.any(Number),
    updatedAt: expect.any(Number),
  });
});

test('two people who change different fields both win, and the audit log has before and after of each', async () => {
  const id = await create({ firstName: 'Ada', company: 'Old' });
  const colleague = await stack.join(owner, 'AGENT');
  await owner.push({ name: 'contacts.update', input: { id, company: 'New' } });
  await colleague.push({ name: 'contacts.update', input: { id, firstName: 'Eve' } });
  expect(await get(id)).toMatchObject({ firstName: 'Eve', company: 'New' });
  const audit = await stack.rows(
    `select user_id, before, after from audit_log where entity_id = $1 and action = 'contacts.update' order by at`,
    id,
  );
  expect(audit).toEqual([
    { user_id: owner.userId, before: { company: 'Old' }, after: { company: 'New' } },
    { user_id: colleague.userId, before: { firstName: 'Ada' }, after: { firstName: 'Eve' } },
  ]);
});

test('a field sent as null is emptied, and the search forgets it', async () => {
  const id = await create({ firstName: 'Zebulon', company: 'Qwertz' });
  await owner.call('PATCH', `/contacts/${id}`, { company: null });
  expect((await get(id)).company).toBeNull();
  expect((await owner.call('GET', '/contacts?search=qwertz')).body.total).toBe(0);
  expect((await owner.call('GET', '/contacts?search=zebulon')).body.total).toBe(1);
});

test('an edit of one field leaves every other as it was, empty ones and those nobody can edit too', async () => {
  const full = {
    firstName: 'Ada',
    lastName: 'L',
    company: 'C',
    email: 'ada@full.example',
    phone: '+14155550166',
    leadScore: 7,
    leadStatus: 'won',
    ownerId: owner.userId,
    source: 's',
    locale: 'de',
    timezone: 'Europe/Berlin',
    attributes: { a: [1, null], b: 'x' },
  };
  for (const id of [await create(full), await create({ firstName: 'Only' })]) {
    const [before] = await stack.rows('select * from contacts where id = $1', id);
    await owner.push({ name: 'contacts.update', input: { id, leadScore: 8 } });
    const [after] = await stack.rows('select * from contacts where id = $1', id);
    expect(after).toEqual({ ...before, lead_score: 8, updated_at: expect.any(Date) });
    // As a value, not as JSON's null.
    const [row] = await stack.rows('select attributes is null as empty from contacts where id = $1', id);
    expect(row).toEqual({ empty: before?.['attributes'] === null });
  }
});

test('an id that is taken is refused and the contact behind it stays', async () => {
  const id = await create({ firstName: 'First' });
  expect(await owner.call('POST', '/contacts', { id, firstName: 'Second' })).toMatchObject({ status: 409 });
  expect((await get(id)).firstName).toBe('First');
});

test('the owner must be an active member of the team', async () => {
  const stranger = await stack.signUp();
  const id = await create({ firstName: 'Owned', ownerId: owner.userId });
  for (const ownerId of [stranger.userId, randomUUID()])
    expect(await owner.call('PATCH', `/contacts/${id}`, { ownerId })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_input', details: { fields: { ownerId: expect.any(String) } } } },
    });
  expect((await get(id)).ownerId).toBe(owner.userId);
});

test('tags are one tag whatever their case and accents, under ids that every device can compute', async () => {
  const [a, b] = [await create({ firstName: 'A' }), await create({ firstName: 'B' })];
  const add = (contactIds: string[], tags: string[]) => owner.call('POST', '/contacts/tags/add', { contactIds, tags });
  expect((await add([a], ['Über VIP'])).body.data).toEqual({ changed: 1 });
  expect((await add([a, b], ['uber vip'])).body.data).toEqual({ changed: 1 });
  const tagId = tagIdOf(owner.tenantId, 'über vip');
  expect(await stack.rows('select id, name from tags where id = $1', tagId)).toEqual([{ id: tagId, name: 'Über VIP' }]);
  const links = await stack.rows<{ id: string }>('select id from contact_tags where tag_id = $1', tagId);
  expect(links.map(({ id }) => id).toSorted()).toEqual([contactTagIdOf(a, tagId), contactTagIdOf(b, tagId)].toSorted());
  const item = await stack.rows('select kind, body from workspace_items where id = $1', tagId);
  expect(item).toEqual([{ kind: 'tag', body: { name: 'Über VIP' } }]);
});

test('tagging passes over contacts that are gone or foreign', async () => {
  const stranger = await stack.signUp();
  const foreign = (await stranger.call('POST', '/contacts', { firstName: 'F' })).body.data.id;
  const mine = await create({ firstName: 'M' });
  const reply = await owner.call('POST', '/contacts/tags/add', {
    contactIds: [mine, foreign, randomUUID()],
    tags: ['x'],
  });
  expect(reply.body.data).toEqual({ changed: 1 });
  expect((await stranger.call('GET', `/contacts/${foreign}`)).body.data.tags).toEqual([]);
});

test('5,000 contacts are tagged in one act', async () => {
  const ids = Array.from({ length: 5_000 }, () => randomUUID());
  await stack.rows(
    `insert into contacts (id, tenant_id, created_at, updated_at, name_key, search)
     select id, $1, now(), now(), '', '' from unnest($2::uuid[]) id`,
    owner.tenantId,
    ids,
  );
  expect(
    await owner.push({ name: 'contacts.addTags', input: { contactIds: ids, tags: ['bulk', 'many'] } }),
  ).toMatchObject([{ status: 'accepted' }]);
  const [n] = await stack.rows('select count(*)::int as n from contact_tags where contact_id = any($1)', ids);
  expect(n).toEqual({ n: 10_000 });
});

test('deleting a contact takes its notes, tags, conversation and messages along', async () => {
  const id = await create({ firstName: 'Gone', phone: '+14155550177', tags: ['t'] });
  await owner.push({ name: 'notes.add', input: { contactId: id, body: 'n' } });
  await owner.call('DELETE', `/contacts/${id}`);
  for (const table of ['notes', 'contact_tags', 'conversations', 'messages'])
    expect(await stack.rows(`select 1 from ${table} where contact_id = $1`, id)).toEqual([]);
  expect(await owner.call('GET', `/contacts/${id}`)).toMatchObject({ status: 404 });
});

test('a note is changed by its author or a manager, and by nobody else', async () => {
  const contactId = await create({ firstName: 'Noted' });
  const [author, other] = [await stack.join(owner, 'AGENT'), await stack.join(owner, 'AGENT')];
  const manager = await stack.join(owner, 'MANAGER');
  const id = randomUUID();
  await author.push({ name: 'notes.add', input: { id, contactId, body: 'mine' } });
  expect(await other.push({ name: 'notes.edit', input: { id, body: 'theirs' } })).toMatchObject([
    { code: 'forbidden' },
  ]);
  expect(await author.push({ name: 'notes.edit', input: { id, body: 'still mine' } })).toMatchObject([
    { status: 'accepted' },
  ]);
  expect(await manager.push({ name: 'notes.delete', input: { id } })).toMatchObject([{ status: 'accepted' }]);
});

test('only a manager or more may delete a contact', async () => {
  const id = await create({ firstName: 'Kept' });
  const agent = await stack.join(owner, 'AGENT');
  expect(await agent.call('DELETE', `/contacts/${id}`)).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden' } },
  });
});
