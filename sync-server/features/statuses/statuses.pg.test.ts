import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;

beforeAll(async () => {
  stack = await startTestStack({ SERVER_ROLES: 'web,worker' });
});
afterAll(() => stack.close());
beforeEach(async () => {
  owner = await stack.signUp();
});

type Status = { id: string; key: string; name: string; displayOrder: number; contacts: number };
const list = async (): Promise<Status[]> => (await owner.call('GET', '/lead-statuses')).body.data;
const byKey = async (key: string) => (await list()).find((one) => one.key === key);
const create = async (name: string, more: object = {}): Promise<{ id: string; key: string }> =>
  (await owner.call('POST', '/lead-statuses', { name, ...more })).body.data;
const contact = async (leadStatus: string): Promise<string> =>
  (await owner.call('POST', '/contacts', { firstName: 'Ada', leadStatus })).body.data.id;
const statusOf = async (id: string) => (await owner.call('GET', `/contacts/${id}`)).body.data.leadStatus;
const undo = async (action: string) => {
  const [act] = await stack.rows<{ id: string }>(
    'select id from acts where tenant_id = $1 and action = $2 order by at desc, id desc limit 1',
    owner.tenantId,
    action,
  );
  return owner.push({ name: 'activity.undo', input: { id: act?.id } });
};
const many = (n: number, status: string) =>
  stack.rows(
    `insert into contacts (id, tenant_id, lead_status, name_key, search, created_at, updated_at)
     select gen_random_uuid(), $1, $2, '', '', now(), now() from generate_series(1, $3::int)`,
    owner.tenantId,
    status,
    n,
  );
const counts = () =>
  stack.rows(
    'select lead_status as status, count(*)::int as n from contacts where tenant_id = $1 group by 1 order by 1',
    owner.tenantId,
  );

test('a workspace begins with the statuses of the product, and they cannot be deleted', async () => {
  const statuses = await list();
  expect(statuses.map(({ key }) => key)).toEqual(
    'new contacted contact_made qualified appointment_scheduled sold won lost paused dnc'.split(' '),
  );
  for (const { id } of statuses.filter(({ key }) => ['sold', 'dnc', 'contact_made', 'paused'].includes(key))) {
    const { status, body } = await owner.call('DELETE', `/lead-statuses/${id}?remapTo=new`);
    expect([status, body.error?.details]).toEqual([422, { reason: 'system' }]);
  }
  expect(await list()).toEqual(statuses);
});

test('a status of one’s own is made from its name, found by its key and keeps it when it is renamed', async () => {
  const { id, key } = await create('Démo réservée!', { color: '#3b6fd4', metadata: { step: 2 } });
  expect(key).toBe('demo_reservee');
  expect((await owner.call('GET', `/lead-statuses/${id}`)).body.data).toEqual({
    id,
    key,
    name: 'Démo réservée!',
    description: null,
    color: '#3b6fd4',
    displayOrder: 10,
    isActive: true,
    isSystem: false,
    metadata: { step: 2 },
    contacts: 0,
  });
  await owner.call('PUT', `/lead-statuses/${id}`, { name: 'Demo booked', key: 'other', isSystem: true });
  expect((await owner.call('GET', `/lead-statuses/${id}`)).body.data).toMatchObject({
    key,
    name: 'Demo booked',
    isSystem: false,
  });
  expect(await statusOf(await contact('DEMO RÉSERVÉE'))).toBe('demo_reservee');
});

test('two statuses have neither one name nor one key, whatever the case', async () => {
  await create('Demo booked');
  expect((await owner.call('POST', '/lead-statuses', { name: 'DEMO  booked' })).body.error?.code).toBe('conflict');
  const { id } = await create('Other');
  expect((await owner.call('PUT', `/lead-statuses/${id}`, { name: 'New' })).body.error?.code).toBe('conflict');
  const renamed = await byKey('demo_booked');
  await owner.call('PUT', `/lead-statuses/${renamed?.id}`, { name: 'Demo' });
  expect((await owner.call('POST', '/lead-statuses', { name: 'Demo booked' })).body.error?.code).toBe('conflict');
});

test('a colour that one theme hides is refused, and says what to do', async () => {
  const { body } = await owner.call('POST', '/lead-statuses', { name: 'Pale', color: '#ffee88' });
  expect([body.error?.code, JSON.stringify(body.error?.details)]).toEqual([
    'invalid_input',
    expect.stringContaining('choose a darker one'),
  ]);
});

test('contacts are given only statuses that exist and are in use, and keep one that went out of use', async () => {
  const lost = await byKey('lost');
  const id = await contact('lost');
  await owner.call('PUT', `/lead-statuses/${lost?.id}`, { isActive: false });
  const [unknown, unused] = [
    await owner.call('PATCH', `/contacts/${id}`, { leadStatus: 'nonsense' }),
    await owner.call('POST', '/contacts', { firstName: 'B', leadStatus: 'lost' }),
  ];
  expect([unknown.status, unused.status]).toEqual([400, 400]);
  expect(unused.body.error?.message).toContain('“Lost” is not in use any more');
  expect((await owner.call('PATCH', `/contacts/${id}`, { leadStatus: 'lost', company: 'Acme' })).status).toBe(200);
});

test('statuses are put into another order; those that are not named stay behind, and it is taken back', async () => {
  const before = await list();
  const [won, sold] = [before.find(({ key }) => key === 'won'), before.find(({ key }) => key === 'sold')];
  await owner.call('POST', '/lead-statuses/reorder', { ids: [won?.id, sold?.id] });
  expect((await list()).map(({ key }) => key).slice(0, 4)).toEqual(['won', 'sold', 'new', 'contacted']);
  expect(await undo('leadStatuses.reorder')).toMatchObject([{ status: 'accepted' }]);
  expect(await list()).toEqual(before);
});

test('deleting a status that is used asks first, names who uses it, and moves its contacts where it is told', async () => {
  const { id, key } = await create('Hot');
  const [one, two] = [await contact(key), await contact(key)];
  const { id: automationId } = (
    await owner.call('POST', '/lead-statuses/automations', {
      name: 'Cool down',
      triggerType: 'TIME_BASED',
      fromStatusId: id,
      timeValue: 3,
      timeUnit: 'DAYS',
      targetStatus: 'new',
      isActive: true,
    })
  ).body.data;
  const asked = await owner.call('DELETE', `/lead-statuses/${id}`);
  expect([asked.status, asked.body.error?.details]).toEqual([409, { contacts: 2, automations: ['Cool down'] }]);
  expect(asked.body.error?.message).toContain('2 contacts have the status “Hot”');
  for (const remapTo of [key, 'nonsense'])
    expect((await owner.call('DELETE', `/lead-statuses/${id}`, { remapTo })).body.error?.code).toBe('invalid_input');

  const done = await owner.call('DELETE', `/lead-statuses/${id}`, { remapTo: 'Contacted' });
  expect(done.body.data).toEqual({ id, changed: 2 });
  expect([await statusOf(one), await statusOf(two)]).toEqual(['contacted', 'contacted']);
  const automation = (await owner.call('GET', `/lead-statuses/automations/${automationId}`)).body.data;
  expect(automation).toMatchObject({ isActive: false, fromStatus: key, fromStatusId: null, waiting: 0 });

  // Somebody has been given another one since: they keep it.
  await owner.call('PATCH', `/contacts/${two}`, { leadStatus: 'won' });
  expect(await undo('leadStatuses.delete')).toMatchObject([{ status: 'accepted' }]);
  expect([await statusOf(one), await statusOf(two)]).toEqual([key, 'won']);
  expect(await byKey(key)).toMatchObject({ id, name: 'Hot', contacts: 1 });
  expect((await owner.call('GET', `/lead-statuses/automations/${automationId}`)).body.data).toMatchObject({
    isActive: true,
    waiting: 1,
  });
});

test('a deletion by desktop says that nobody shall have another one, by null', async () => {
  const { id, key } = await create('Hot');
  const one = await contact(key);
  expect(await owner.push({ name: 'leadStatuses.delete', input: { id } })).toMatchObject([{ code: 'conflict' }]);
  expect(await owner.push({ name: 'leadStatuses.delete', input: { id, remapTo: null } })).toMatchObject([
    { status: 'accepted' },
  ]);
  expect(await statusOf(one)).toBeNull();
});

test('twenty thousand contacts are moved by a job that the job list shows, set nothing off, and come back', async () => {
  const { id, key } = await create('Hot');
  await many(20_000, key);
  const elsewhere = await contact('won');
  await owner.call('POST', '/lead-statuses/automations', {
    name: 'Not by this',
    triggerType: 'STATUS_CHANGE',
    triggerStatus: 'contacted',
    targetStatus: 'lost',
    isActive: true,
  });
  expect((await owner.call('DELETE', `/lead-statuses/${id}`, { remapTo: 'contacted' })).body.data.changed).toBe(20_000);
  const jobs = async () =>
    (await owner.call('GET', '/jobs?search=statuses.remap')).body.data.map(({ state }: { state: string }) => state);
  await expect.poll(jobs, { timeout: 25_000 }).toEqual(['done']);
  const moved = [
    { status: 'contacted', n: 20_000 },
    { status: 'won', n: 1 },
  ];
  expect(await counts()).toEqual(moved);
  const [told] = await stack.rows<{ n: number }>(
    `select count(*)::int as n from contact_changes where tenant_id = $1 and field = 'leadStatus' and act_id is not null`,
    owner.tenantId,
  );
  expect(told?.n).toBe(20_000);
  expect(await undo('leadStatuses.delete')).toMatchObject([{ status: 'accepted' }]);
  await expect.poll(jobs, { timeout: 25_000 }).toEqual(['done', 'done']);
  expect(await counts()).toEqual([
    { status: key, n: 20_000 },
    { status: 'won', n: 1 },
  ]);
  expect(await statusOf(elsewhere)).toBe('won');
}, 60_000);

test('a contact waits for its time in the app as well: the worker comes to it by itself', async () => {
  const id = randomUUID();
  await owner.push({ name: 'contacts.create', input: { id, firstName: 'Ada', leadStatus: 'new' } });
  await stack.rows(`update contacts set status_entered_at = now() - interval '59 seconds' where id = $1`, id);
  const automation = {
    name: 'A minute',
    triggerType: 'TIME_BASED',
    fromStatus: 'NEW',
    timeValue: 1,
    timeUnit: 'MINUTES',
    targetStatus: 'CONTACT_MADE',
    isActive: true,
  };
  expect(await owner.push({ name: 'statusAutomations.create', input: automation })).toMatchObject([
    { status: 'accepted' },
  ]);
  await expect.poll(() => statusOf(id), { timeout: 15_000 }).toBe('contact_made');
  expect((await owner.call('GET', '/lead-statuses/firings')).body).toMatchObject({
    total: 1,
    data: [{ contactId: id, contactName: 'Ada', automationName: 'A minute', outcome: 'moved', fromStatus: 'new' }],
  });
});

test('what a desktop pushes is followed in the same answer, whichever write of it set something off', async () => {
  const id = randomUUID();
  const link = { triggerType: 'STATUS_CHANGE', isActive: true };
  expect(
    await owner.push(
      {
        name: 'statusAutomations.create',
        input: { ...link, name: 'A', triggerStatus: 'qualified', targetStatus: 'won' },
      },
      { name: 'contacts.create', input: { id, firstName: 'Ada', leadStatus: 'new' } },
      { name: 'contacts.update', input: { id, leadStatus: 'nonsense' } },
      { name: 'contacts.update', input: { id, leadStatus: 'qualified' } },
    ),
  ).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }, { code: 'invalid_input' }, { status: 'accepted' }]);
  expect(await statusOf(id)).toBe('won');
  expect(
    await stack.rows('select user_id, device_id, cause from contact_changes where contact_id = $1 order by id', id),
  ).toEqual([
    { user_id: owner.userId, device_id: owner.deviceId, cause: null },
    { user_id: null, device_id: null, cause: { kind: 'automation', id: expect.any(String) } },
  ]);
});

test('one undo takes a batch back with what followed from it, and sets nothing off by that', async () => {
  const contactIds = [await contact('new'), await contact('lost')];
  const link = { triggerType: 'STATUS_CHANGE', isActive: true };
  await owner.push(
    {
      name: 'statusAutomations.create',
      input: { ...link, name: 'A', triggerStatus: 'qualified', targetStatus: 'won' },
    },
    {
      name: 'statusAutomations.create',
      input: { ...link, name: 'B', triggerStatus: 'new', targetStatus: 'contacted' },
    },
    { name: 'contacts.setStatus', input: { contactIds, leadStatus: 'qualified' } },
  );
  const now = () => Promise.all(contactIds.map(statusOf));
  expect(await now()).toEqual(['won', 'won']);
  expect(await undo('contacts.setStatus')).toMatchObject([{ status: 'accepted' }]);
  expect(await now()).toEqual(['new', 'lost']);
  expect(await undo('contacts.revert')).toMatchObject([{ status: 'accepted' }]);
  expect(await now()).toEqual(['won', 'won']);
});

test('automations over REST: statuses by id or key, all routes, and a deleted one is put back', async () => {
  const [fresh, sold] = [await byKey('new'), await byKey('sold')];
  const { body } = await owner.call('POST', '/lead-statuses/automations', {
    name: 'Sell',
    triggerType: 'STATUS_CHANGE',
    triggerStatusId: fresh?.id,
    targetStatusId: sold?.id,
    conditions: { tags: ['Premium'], attributes: { plan: { equals: 'gold' } } },
    isActive: true,
  });
  const { id } = body.data;
  const expected = {
    id,
    name: 'Sell',
    triggerType: 'STATUS_CHANGE',
    fromStatus: null,
    fromStatusId: null,
    timeValue: null,
    timeUnit: null,
    triggerStatus: 'new',
    triggerStatusId: fresh?.id,
    targetStatus: 'sold',
    targetStatusId: sold?.id,
    conditions: {
      rule: {
        all: [
          { field: 'tags', op: 'any', names: ['Premium'] },
          { field: 'attribute', path: 'plan', op: 'equals', value: 'gold' },
        ],
      },
      campaignIds: [],
      journeyIds: [],
    },
    isActive: true,
    waiting: 0,
    createdAt: expect.any(Number),
    updatedAt: expect.any(Number),
  };
  expect((await owner.call('GET', `/lead-statuses/automations/${id}`)).body.data).toEqual(expected);
  expect((await owner.call('GET', '/lead-statuses/automations')).body).toMatchObject({ total: 1, data: [expected] });
  await owner.call('PUT', `/lead-statuses/automations/${id}`, { isActive: false, name: 'Sell later' });
  expect((await owner.call('DELETE', `/lead-statuses/automations/${id}`)).status).toBe(200);
  expect((await owner.call('GET', `/lead-statuses/automations/${id}`)).status).toBe(404);
  expect(await undo('statusAutomations.delete')).toMatchObject([{ status: 'accepted' }]);
  expect((await owner.call('GET', `/lead-statuses/automations/${id}`)).body.data).toMatchObject({
    name: 'Sell later',
    isActive: false,
    conditions: expected.conditions,
  });
});

test.each([
  [{ triggerType: 'TIME_BASED', targetStatus: 'new' }, 'timeValue'],
  [{ triggerType: 'TIME_BASED', timeValue: 1, timeUnit: 'DAYS' }, 'targetStatus'],
  [{ triggerType: 'TIME_BASED', timeValue: 4_000, timeUnit: 'DAYS', targetStatus: 'new' }, 'timeValue'],
  [
    { triggerType: 'TIME_BASED', timeValue: 1, timeUnit: 'DAYS', fromStatus: 'new', targetStatus: 'NEW' },
    'targetStatus',
  ],
  [{ triggerType: 'STATUS_CHANGE', targetStatus: 'new' }, 'triggerStatus'],
  [{ triggerType: 'STATUS_CHANGE', triggerStatus: 'new', targetStatus: 'gone' }, 'targetStatus'],
  [{ triggerType: 'STATUS_CHANGE', triggerStatus: 'new', targetStatus: 'won', timeValue: 1 }, 'timeValue'],
  [{ triggerType: 'STATUS_CHANGE', triggerStatus: 'new', targetStatus: 'won', conditions: { shoe: 4 } }, 'conditions'],
])('an automation that is not whole is refused by field: %j', async (fields, field) => {
  const { status, body } = await owner.call('POST', '/lead-statuses/automations', { name: 'X', ...fields });
  expect([status, body.error?.code]).toEqual([400, 'invalid_input']);
  expect(Object.keys((body.error?.details as { fields: object } | undefined)?.fields ?? {})).toContain(field);
});
