import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  agent = await stack.join(owner, 'VIEWER');
});
afterAll(() => stack.close());

const view = {
  search: '',
  filter: { all: [{ field: 'tags', op: 'any', names: ['vip'] }] },
  sort: 'score',
  order: 'desc',
  columns: [{ key: 'name', px: 200 }, { key: 'score' }],
  pageSize: 20,
};
const save = (person: Person, id: string, name: string) =>
  person.push({ name: 'contactViews.save', input: { id, name, view } });
const itemsOf = ({ userId }: Person) =>
  stack.rows<{ id: string; body: object }>(
    `select id, body from own_items where user_id = $1 and kind = 'contact_view'`,
    userId,
  );

test('a view is made, changed and told to its own person’s devices alone', async () => {
  const id = randomUUID();
  expect(await save(agent, id, 'Hot')).toMatchObject([{ status: 'accepted' }]);
  expect(await save(agent, id, 'Very hot')).toMatchObject([{ status: 'accepted' }]);
  expect(await itemsOf(agent)).toMatchObject([{ id, body: { name: 'Very hot', view, displayOrder: 0 } }]);
  expect(await itemsOf(owner)).toEqual([]);
});

test('nobody changes or deletes another’s view, and a deleted one comes back', async () => {
  const id = randomUUID();
  await save(owner, id, 'Mine');
  expect(await save(agent, id, 'Yours')).toMatchObject([{ code: 'conflict' }]);
  expect(await agent.push({ name: 'contactViews.delete', input: { id } })).toMatchObject([{ code: 'not_found' }]);
  const before = await itemsOf(owner);
  expect(await owner.push({ name: 'contactViews.delete', input: { id } })).toMatchObject([{ status: 'accepted' }]);
  expect(await itemsOf(owner)).toEqual([]);
  const [act] = await stack.rows<{ id: string }>(`select id from acts where action = 'contactViews.delete'`);
  expect(await owner.push({ name: 'activity.undo', input: { id: act?.id } })).toMatchObject([{ status: 'accepted' }]);
  expect((await itemsOf(owner)).map(({ id: one }) => one)).toEqual(before.map(({ id: one }) => one));
});
