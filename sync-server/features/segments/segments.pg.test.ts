import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
let agent: Person;
let viewer: Person;
let stranger: Person;
const people = new Map<string, string>();

const CONTACTS = [
  {
    firstName: 'Ada',
    leadScore: 90,
    leadStatus: 'qualified',
    tags: ['vip'],
    attributes: { city: 'New York', age: 36 },
  },
  {
    firstName: 'Bob',
    leadScore: 40,
    leadStatus: 'new',
    tags: ['vip', 'bounced'],
    attributes: { city: 'Boston', age: 20 },
  },
  { firstName: 'Cyd', leadScore: 80, leadStatus: 'sold', tags: [], attributes: { interests: ['technology'] } },
];

beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  agent = await stack.join(owner, 'AGENT');
  viewer = await stack.join(owner, 'VIEWER');
  stranger = await stack.signUp();
  for (const contact of CONTACTS) {
    const id = randomUUID();
    people.set(contact.firstName, id);
    await owner.push({
      name: 'contacts.create',
      input: { id, ...contact, tags: contact.tags.length > 0 ? contact.tags : undefined },
    });
  }
  await stranger.push({ name: 'contacts.create', input: { firstName: 'Ada', leadScore: 90, tags: ['vip'] } });
});
afterAll(() => stack.close());

const hot = { field: 'leadScore', op: 'atLeast', value: 76 };
const vip = { field: 'tags', op: 'any', names: ['VIP'] };
const inSegment = (id: string) => ({ field: 'segment', op: 'in', id });

async function make(input: object, by = agent): Promise<string> {
  const { status, body } = await by.call('POST', '/segments', { name: 'A segment', ...input });
  expect(body.error).toBeUndefined();
  expect(status).toBeLessThan(300);
  return body.data.id as string;
}
const get = async (id: string, by = viewer) => (await by.call('GET', `/segments/${id}`)).body.data;
const count = async (meaning: object, by = viewer) => {
  const { body } = await by.call('POST', '/segments/count-matching', meaning);
  expect(body.error).toBeUndefined();
  const names = body.data.sample.map(({ firstName }: { firstName: string }) => firstName) as string[];
  return { ...body.data, sample: names.toSorted() } as { count: number; sample: string[]; problems: unknown[] };
};
const members = async (id: string) => {
  const rows = await stack.rows<{ name: string }>(
    'select c.first_name as name from group_members m join contacts c on c.id = m.contact_id where m.group_id = $1 order by 1',
    id,
  );
  return rows.map(({ name }) => name);
};
const lastAct = async (action: string, id: string) => {
  const [act] = await stack.rows<{ id: string }>(
    'select id from acts where action = $1 and entity_id = $2 order by at desc, id desc limit 1',
    action,
    id,
  );
  return act?.id;
};

test('a segment is made, read with the number of its contacts, listed, changed and deleted', async () => {
  const id = await make({ name: 'Hot ones', description: 'Call them first', rule: hot });
  expect(await get(id)).toEqual({
    id,
    name: 'Hot ones',
    description: 'Call them first',
    kind: 'dynamic',
    rule: hot,
    createdById: agent.userId,
    createdAt: expect.any(Number),
    updatedAt: expect.any(Number),
    contacts: 2,
    problems: [],
  });
  const listed = await viewer.call('GET', '/segments?search=HOT');
  expect(listed.body).toMatchObject({ total: 1, data: [{ id, name: 'Hot ones', rule: hot }] });
  await agent.call('PUT', `/segments/${id}`, { rule: { all: [hot, vip] } });
  expect(await get(id)).toMatchObject({ name: 'Hot ones', contacts: 1, rule: { all: [hot, vip] } });
  expect((await owner.call('DELETE', `/segments/${id}`)).status).toBe(200);
  expect((await viewer.call('GET', `/segments/${id}`)).status).toBe(404);
});

test.each([
  [{ rule: hot }, ['Ada', 'Cyd']],
  [{ rule: { not: hot } }, ['Bob']],
  [{ tags: { include: ['vip'], exclude: ['bounced'] } }, ['Ada']],
  [{ includeTags: ['vip'] }, ['Ada', 'Bob']],
  [{ attributes: { city: 'New York' } }, ['Ada']],
  [{ attributes: { age: { greater_than: 25 } } }, ['Ada']],
  [{ attributes: { interests: { contains: 'technology' } } }, ['Cyd']],
  [{ filterCriteria: { leadStatus: { include: ['SOLD', 'NEW'] } } }, ['Bob', 'Cyd']],
  [{ leadStatus: { exclude: ['SOLD'] } }, ['Ada', 'Bob']],
  [{ hasConsent: false }, ['Ada', 'Bob', 'Cyd']],
  [{ hasConsent: true, consentType: 'marketing' }, []],
  [{}, ['Ada', 'Bob', 'Cyd']],
])('%j is counted before it is saved, with some of whom it means, and saved it is as many', async (meaning, names) => {
  expect(await count({ ...meaning, sample: 10 })).toEqual({ count: names.length, sample: names, problems: [] });
  const id = await make(meaning);
  expect(await get(id)).toMatchObject({ kind: 'dynamic', contacts: names.length });
});

test('a dynamic segment follows every write, a static one keeps who was in it', async () => {
  const [dynamic, fixed] = [
    await make({ attributes: { city: 'Rome' }, continuousInclusion: true }),
    await make({ attributes: { city: 'Boston' }, continuousInclusion: false }),
  ];
  expect([await get(dynamic), await get(fixed)]).toMatchObject([
    { kind: 'dynamic', contacts: 0 },
    { kind: 'static', contacts: 1 },
  ]);
  await owner.push({
    name: 'contacts.update',
    input: { id: people.get('Bob'), attributes: { city: 'Rome', age: 20 } },
  });
  expect([await get(dynamic), await get(fixed)]).toMatchObject([{ contacts: 1 }, { contacts: 1 }]);
  expect(await members(fixed)).toEqual(['Bob']);
  // What desktops send to rename it: the whole of it.
  await agent.call('PUT', `/segments/${fixed}`, { ...(await get(fixed)), name: 'Renamed' });
  expect([await members(fixed), (await get(fixed)).name]).toEqual([['Bob'], 'Renamed']);
  await agent.call('PUT', `/segments/${fixed}`, { rule: (await get(fixed)).rule });
  expect(await members(fixed)).toEqual([]);
  await owner.push({ name: 'contacts.update', input: { id: people.get('Bob'), attributes: CONTACTS[1]?.attributes } });
});

test('what was changed of a static segment, or its deletion, is taken back with its members', async () => {
  const id = await make({ rule: hot, kind: 'static' });
  await agent.call('PUT', `/segments/${id}`, { rule: vip });
  expect(await members(id)).toEqual(['Ada', 'Bob']);
  const undo = async (action: string) => {
    const results = await owner.push({ name: 'activity.undo', input: { id: await lastAct(action, id) } });
    expect(results).toMatchObject([{ status: 'accepted' }]);
  };
  await undo('segments.update');
  expect([await members(id), (await get(id)).rule]).toEqual([['Ada', 'Cyd'], hot]);
  await agent.call('PUT', `/segments/${id}`, { kind: 'dynamic' });
  expect([await members(id), (await get(id)).contacts]).toEqual([[], 2]);
  await undo('segments.update');
  await owner.call('DELETE', `/segments/${id}`);
  expect(await members(id)).toEqual([]);
  await undo('segments.delete');
  expect([await members(id), (await get(id)).kind]).toEqual([['Ada', 'Cyd'], 'static']);
});

test('a segment over segments is followed, one that leads back to itself is refused, and one that is used is not deleted', async () => {
  const inner = await make({ name: 'Inner', rule: vip });
  const outer = await make({ name: 'Outer', rule: { all: [inSegment(inner), hot] } });
  expect((await get(outer)).contacts).toBe(1);
  // However the id is written in the path.
  for (const id of [inner, inner.toUpperCase()]) {
    const back = await agent.call('PUT', `/segments/${id}`, { rule: { any: [vip, inSegment(outer)] } });
    expect([back.status, back.body.error?.code]).toEqual([400, 'invalid_input']);
    expect((await owner.call('DELETE', `/segments/${id}`)).status).toBe(409);
  }
  expect((await get(inner)).rule).toEqual(vip);
  const used = await owner.call('DELETE', `/segments/${inner}`);
  expect(used.body.error).toMatchObject({
    code: 'conflict',
    message: '“Inner” is used by “Outer”. Nothing was deleted. Change them first.',
    details: { usedBy: [{ kind: 'segment', name: 'Outer' }] },
  });
  await owner.call('DELETE', `/segments/${outer}`);
  expect((await owner.call('DELETE', `/segments/${inner}`)).status).toBe(200);
  expect(await count({ rule: inSegment(inner) })).toEqual({
    count: 0,
    sample: [],
    problems: ['missing'],
  });
});

test.each([
  [{ rule: { field: 'nothing', op: 'is' } }],
  [{ rule: hot, tags: ['vip'] }],
  [{ attributes: { age: { older_than: 3, greater_than: 2 } } }],
  [{ consentType: 'sworn' }],
  [{ filterCriteria: { unheard: true } }],
  [{ rule: { all: Array.from({ length: 300 }, () => hot) } }],
])('%j is refused in words', async (meaning) => {
  const made = await agent.call('POST', '/segments', { name: 'x', ...meaning });
  expect([made.status, made.body.error?.code]).toEqual([400, 'invalid_input']);
  const counted = await viewer.call('POST', '/segments/count-matching', meaning);
  expect([counted.status, counted.body.error?.code]).toEqual([400, 'invalid_input']);
});

test('a word for whom a segment means that is not known is refused: without it everybody would be meant', async () => {
  const unknown = { criteria: { tags: ['vip'] } };
  for (const [path, body] of [
    ['/segments', { name: 'A segment', ...unknown }],
    ['/segments/count-matching', unknown],
  ] as const)
    expect((await agent.call('POST', path, body)).body.error).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('criteria'),
    });
});

test.each([50, 199])(
  'a rule that no statement can hold is refused in words: two hundred paths of %i keys',
  async (keys) => {
    const path = Array.from({ length: keys }, () => 'a').join('.');
    const rule = { any: Array.from({ length: 200 }, () => ({ field: 'attribute', path, op: 'contains', value: 'x' })) };
    const { body } = await agent.call('POST', '/segments/count-matching', { rule });
    expect(body.error).toMatchObject({ code: 'invalid_input', details: { reason: 'rule_too_large' } });
  },
);

test('a viewer makes none, and neither segments nor contacts of another tenant are seen', async () => {
  const id = await make({ rule: vip, kind: 'static' });
  expect((await viewer.call('POST', '/segments', { name: 'x', rule: vip })).status).toBe(403);
  expect((await agent.call('DELETE', `/segments/${id}`)).status).toBe(403);
  for (const [method, body] of [['GET'], ['PUT', { name: 'Mine' }], ['DELETE']] as const)
    expect((await stranger.call(method, `/segments/${id}`, body)).status).toBe(404);
  expect(await count({ rule: vip }, stranger)).toMatchObject({ count: 1 });
  expect(await count({ rule: inSegment(id) }, stranger)).toMatchObject({
    count: 0,
    problems: ['missing'],
  });
});

test('a rule that names what is not there is refused, unless it named it before that went', async () => {
  const gone = randomUUID();
  const rule = { field: 'groups', op: 'any', ids: [gone] };
  const made = await agent.call('POST', '/segments', { name: 'x', rule });
  expect([made.status, made.body.error?.code]).toEqual([400, 'invalid_input']);
  const id = await make({ rule: vip });
  await stack.rows('update segments set rule = $2 where id = $1', id, JSON.stringify(rule));
  expect((await agent.call('PUT', `/segments/${id}`, { name: 'Renamed', rule })).status).toBe(200);
  expect(await get(id)).toMatchObject({ name: 'Renamed', contacts: 0 });
});

test('two devices make the same segment once, and every act is in the log', async () => {
  const id = randomUUID();
  const write = { name: 'segments.create', input: { id, name: 'Twice', rule: hot } };
  expect(await agent.push(write, write)).toMatchObject([{ status: 'accepted' }, { code: 'conflict' }]);
  expect(await stack.rows(`select action, "after" -> 'rule' as rule from audit_log where entity_id = $1`, id)).toEqual([
    { action: 'segments.create', rule: hot },
  ]);
  const [item] = await stack.rows<{ body: unknown }>('select body from workspace_items where id = $1', id);
  expect(item?.body).toMatchObject({ name: 'Twice', kind: 'dynamic', rule: hot, createdById: agent.userId });
});
