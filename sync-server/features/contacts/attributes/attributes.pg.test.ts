import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let id: string;
const PLAN = { key: 'plan', label: 'Plan', type: 'choice', choices: ['gold', 'silver'], displayOrder: 2 };

beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack.close());
beforeEach(async () => {
  owner = await stack.signUp();
  id = randomUUID();
  await owner.push({ name: 'attributes.create', input: { id, ...PLAN } });
});

const bodies = () =>
  stack.rows<{ body: unknown }>(
    `select body from workspace_items where tenant_id = $1 and kind = 'attribute'`,
    owner.tenantId,
  );
const undo = async (action: string) => {
  const [act] = await stack.rows<{ id: string }>(
    'select id from acts where tenant_id = $1 and action = $2 order by at desc, id desc limit 1',
    owner.tenantId,
    action,
  );
  return owner.push({ name: 'activity.undo', input: { id: act?.id } });
};

test('an attribute is defined once by its key, which stays when everything else changes', async () => {
  expect(await bodies()).toEqual([{ body: PLAN }]);
  const { key: _, ...rest } = PLAN;
  const again = await owner.call('POST', '/contact-attributes', PLAN);
  expect([again.status, again.body.error?.code]).toEqual([409, 'conflict']);
  await owner.call('PATCH', `/contact-attributes/${id}`, { ...rest, key: 'other', label: 'Tariff', type: 'text' });
  expect(await bodies()).toEqual([{ body: { ...PLAN, label: 'Tariff', type: 'text' } }]);
  expect(await undo('attributes.update')).toMatchObject([{ status: 'accepted' }]);
  expect(await bodies()).toEqual([{ body: PLAN }]);
});

test('contacts keep the values of a definition that is deleted, and it comes back', async () => {
  const contact = (await owner.call('POST', '/contacts', { firstName: 'A', attributes: { plan: 'gold' } })).body.data
    .id;
  expect((await owner.call('DELETE', `/contact-attributes/${id}`)).status).toBe(200);
  expect((await owner.call('GET', `/contacts/${contact}`)).body.data.attributes).toEqual({ plan: 'gold' });
  expect(await undo('attributes.delete')).toMatchObject([{ status: 'accepted' }]);
  expect(await bodies()).toEqual([{ body: PLAN }]);
});

test('an attribute to choose from needs something to choose', async () => {
  for (const choices of [null, []])
    expect(
      await owner.push({ name: 'attributes.create', input: { ...PLAN, id: randomUUID(), key: 'x', choices } }),
    ).toMatchObject([{ code: 'invalid_input', details: { fields: { choices: expect.any(String) } } }]);
});

test('keys may be any words: nothing of them is taken for anything else', async () => {
  const keys = ['__proto__', 'constructor', `it's "quoted"`, 'a.b', '职业', '💡'];
  for (const key of keys)
    expect(
      await owner.push({ name: 'attributes.create', input: { id: randomUUID(), key, label: key, type: 'text' } }),
    ).toMatchObject([{ status: 'accepted' }]);
  const stored = (await bodies()).map(({ body }) => (body as { key: string }).key);
  expect(stored.toSorted()).toEqual(['plan', ...keys].toSorted());
});
