import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let groupId: string;
let contactIds: string[];

beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker' });
});
afterAll(() => stack.close());
beforeEach(async () => {
  owner = await stack.signUp();
  groupId = randomUUID();
  contactIds = [randomUUID(), randomUUID(), randomUUID()].toSorted();
  await owner.push(
    { name: 'groups.create', input: { id: groupId, name: 'Golfers', description: 'They play' } },
    ...contactIds.map((id) => ({ name: 'contacts.create', input: { id, firstName: 'Ada' } })),
  );
});

const groups = async () => (await owner.call('GET', '/contact-groups')).body.data;
const members = async () =>
  (
    await stack.rows<{ id: string }>(
      'select contact_id as id from group_members where group_id = $1 order by contact_id',
      groupId,
    )
  ).map(({ id }) => id);
const add = (ids: string[]) => owner.push({ name: 'contacts.addToGroup', input: { groupId, contactIds: ids } });
const undo = async (action: string) => {
  const [act] = await stack.rows<{ id: string }>(
    'select id from acts where tenant_id = $1 and action = $2 order by at desc, id desc limit 1',
    owner.tenantId,
    action,
  );
  return owner.push({ name: 'activity.undo', input: { id: act?.id } });
};

test('undoing takes out only those whom the act put in, and taking out is undone alike', async () => {
  const [first = '', second = '', third = ''] = contactIds;
  await add([first]);
  const { body } = await owner.call('POST', `/contact-groups/${groupId}/members`, { contactIds });
  expect(body.data).toEqual({ changed: 2 });
  expect(await undo('contacts.addToGroup')).toMatchObject([{ status: 'accepted' }]);
  expect(await members()).toEqual([first]);
  await owner.push({ name: 'contacts.removeFromGroup', input: { groupId, contactIds: [first, second, third] } });
  expect(await members()).toEqual([]);
  expect(await undo('contacts.removeFromGroup')).toMatchObject([{ status: 'accepted' }]);
  expect(await members()).toEqual([first]);
});

test('very many slices of one act are taken back by jobs, whoever was in the group before excepted', async () => {
  const [first = ''] = contactIds;
  const more = Array.from({ length: 4 }, () => randomUUID());
  await owner.push(...more.map((id) => ({ name: 'contacts.create', input: { id, firstName: 'B' } })));
  await add([first]);
  const unit = randomUUID();
  const slices = [...contactIds, ...more].map((id) => [id]);
  await owner.push(
    ...slices.map((ids) => ({ name: 'contacts.addToGroup', input: { groupId, contactIds: ids }, unit }) as never),
  );
  expect(await members()).toHaveLength(7);
  expect(await owner.push({ name: 'activity.undo', input: { id: unit } })).toMatchObject([{ status: 'accepted' }]);
  await expect.poll(members, { timeout: 15_000 }).toEqual([first]);
});

test('a contact tells of its groups, also in its history, and goes from them when it is deleted', async () => {
  const [first = ''] = contactIds;
  await add([first, first]);
  expect((await owner.call('GET', `/contacts/${first}`)).body.data.groupIds).toEqual([groupId]);
  expect(
    await stack.rows('select field, before, after, user_id from contact_changes where contact_id = $1', first),
  ).toEqual([{ field: 'group', before: null, after: 'Golfers', user_id: owner.userId }]);
  await owner.push({ name: 'contacts.delete', input: { id: first } });
  expect(await members()).toEqual([]);
});

test('a deleted group leaves its contacts, and comes back with those that are left', async () => {
  await add(contactIds);
  await owner.push({ name: 'groups.delete', input: { id: groupId } });
  expect([await groups(), await members()]).toEqual([[], []]);
  await owner.push({ name: 'contacts.delete', input: { id: contactIds[0] } });
  expect(await undo('groups.delete')).toMatchObject([{ status: 'accepted' }]);
  expect(await groups()).toEqual([{ id: groupId, name: 'Golfers', description: 'They play', members: 2 }]);
  expect(await members()).toEqual(contactIds.slice(1));
});

test('contacts are put into static segments as into groups, and into no dynamic one', async () => {
  const [still, moving] = [randomUUID(), randomUUID()];
  for (const [id, kind] of [
    [still, 'static'],
    [moving, 'dynamic'],
  ])
    await stack.rows(
      `insert into segments (id, tenant_id, name, kind, rule, created_at, updated_at) values ($1, $2, 'S', $3, '{"all":[]}', now(), now())`,
      id,
      owner.tenantId,
      kind,
    );
  expect(
    await owner.push(
      { name: 'contacts.addToGroup', input: { groupId: still, contactIds } },
      { name: 'contacts.addToGroup', input: { groupId: moving, contactIds } },
    ),
  ).toMatchObject([{ status: 'accepted' }, { code: 'not_found' }]);
});

test('contacts that are gone are passed over, and when none is left the act is refused', async () => {
  const [first = '', second = ''] = contactIds;
  await owner.push({ name: 'contacts.delete', input: { id: second } });
  expect(await add([first, second])).toMatchObject([{ status: 'accepted' }]);
  expect(await members()).toEqual([first]);
  expect(await add([second])).toMatchObject([{ code: 'not_found' }]);
});

test('a group is renamed and that is taken back', async () => {
  await owner.push({ name: 'groups.update', input: { id: groupId, name: 'Sailors', description: null } });
  expect(await groups()).toMatchObject([{ name: 'Sailors', description: null }]);
  expect(await undo('groups.update')).toMatchObject([{ status: 'accepted' }]);
  expect(await groups()).toMatchObject([{ name: 'Golfers', description: 'They play' }]);
});
