import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemOf } from '../../../db/act.ts';
import { mover, startStatusWorld, type StatusTenant, type StatusWorld } from '../testing/status-world.ts';
import { fireTimers } from './fire-timers.ts';

let world: StatusWorld;
let tenant: StatusTenant;

beforeAll(async () => {
  world = await startStatusWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.at('2026-03-02T15:00:00Z');
  tenant = await world.tenant();
});

const change = (triggerStatus: string, targetStatus: string, more: object = {}) =>
  tenant.automation({ triggerType: 'STATUS_CHANGE', triggerStatus, targetStatus, ...more });
const outcomes = async (id: string) => (await tenant.firings(id)).map(({ outcome }) => outcome);

test('who gets a status goes on in the same moment, step by step to the end of the chain', async () => {
  const second = await change('contacted', 'qualified');
  const first = await change('contact_made', 'contacted');
  const contact = await tenant.contact('new');
  await tenant.give(contact, 'contact_made');
  expect(await tenant.statusOf(contact)).toBe('qualified');
  expect(
    await world.rows(
      `select before, after, cause ->> 'id' as cause from contact_changes where contact_id = $1 order by id`,
      contact,
    ),
  ).toEqual([
    { before: 'new', after: 'contact_made', cause: null },
    { before: 'contact_made', after: 'contacted', cause: first },
    { before: 'contacted', after: 'qualified', cause: second },
  ]);
  expect(await world.rows('select from status_arrivals where tenant_id = $1', tenant.tenantId)).toEqual([]);
});

test('a contact that begins with the status goes on too, and one that keeps it does not go again', async () => {
  const id = await change('new', 'contacted', { conditions: { field: 'company', op: 'is', value: 'Acme' } });
  const acme = await tenant.contact('new', { company: 'Acme' });
  expect(await tenant.statusOf(acme)).toBe('contacted');
  const other = await tenant.contact('new');
  await tenant.call('contacts.update', { id: other, leadStatus: 'new', company: 'Acme' });
  expect(await tenant.statusOf(other)).toBe('new');
  expect(await outcomes(id)).toEqual(['moved', 'skipped']);
});

test('of two automations on one status the older one whose conditions hold counts', async () => {
  await change('new', 'won', { conditions: { tags: ['vip'] } });
  world.pass(1_000);
  await change('new', 'lost');
  const contacts = [await tenant.contact('new', { tags: ['vip'] }), await tenant.contact('new')];
  expect(await Promise.all(contacts.map(tenant.statusOf))).toEqual(['won', 'lost']);
});

test('one that closes a circle is refused in words, on being made, changed and turned on', async () => {
  await change('new', 'contacted');
  const back = { triggerType: 'STATUS_CHANGE', triggerStatus: 'contacted', targetStatus: 'new' };
  await expect(tenant.automation(back)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('“Contacted” → “New” → “Contacted”'),
  });
  const off = await tenant.automation({ ...back, isActive: false });
  await expect(tenant.call('statusAutomations.update', { id: off, isActive: true })).rejects.toMatchObject({
    details: { reason: 'circle', circle: ['contacted', 'new', 'contacted'] },
  });
  const third = await change('contacted', 'qualified');
  await expect(tenant.call('statusAutomations.update', { id: third, targetStatus: 'new' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test('a circle that came about all the same is stopped after one round, which is noted', async () => {
  const away = await change('new', 'contacted');
  const back = await change('contacted', 'qualified');
  await world.rows(`update status_automations set target_status = 'new' where id = $1`, back);
  const contact = await tenant.contact('new');
  expect(await tenant.statusOf(contact)).toBe('contacted');
  expect([await outcomes(away), await tenant.firings(back)]).toMatchObject([
    ['moved'],
    [{ outcome: 'stopped', reason: expect.stringContaining('in a circle: the contact had “New” before') }],
  ]);
});

test('time and change work together: who is moved at its time goes on by what follows', async () => {
  await tenant.automation({
    triggerType: 'TIME_BASED',
    fromStatus: 'new',
    timeValue: 1,
    timeUnit: 'HOURS',
    targetStatus: 'contact_made',
  });
  await change('contact_made', 'paused');
  await tenant.automation({
    triggerType: 'TIME_BASED',
    fromStatus: 'paused',
    timeValue: 2,
    timeUnit: 'HOURS',
    targetStatus: 'lost',
  });
  const contact = await tenant.contact('new');
  world.pass(3_600_000);
  const fire = () => tenant.work(fireTimers(world.perform, mover, () => undefined));
  await fire();
  expect(await tenant.statusOf(contact)).toBe('paused');
  world.pass(7_200_010);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('lost');
});

test('one whose conditions cannot be read leaves the act and the other automations as they are', async () => {
  const poison = await change('new', 'lost');
  world.pass(1_000);
  await change('new', 'contacted');
  await world.rows(`update status_automations set conditions = '[]' where id = $1`, poison);
  const contact = await tenant.contact('new');
  expect(await tenant.statusOf(contact)).toBe('contacted');
  expect(await outcomes(poison)).toEqual(['failed']);
});

test('five thousand contacts that change in one statement are followed together, by any road', async () => {
  const id = await change('qualified', 'won');
  await world.rows(
    `insert into contacts (id, tenant_id, lead_status, name_key, search, created_at, updated_at)
     select gen_random_uuid(), $1, 'new', '', '', now(), now() from generate_series(1, 5000)`,
    tenant.tenantId,
  );
  await world.perform(systemOf(tenant.tenantId), async (act) => {
    const { rows } = await act.tx.execute<{ id: string }>(
      `update contacts set lead_status = 'qualified', updated_at = now() where tenant_id = '${tenant.tenantId}' returning id`,
    );
    act.audit({ action: 'test', entity: 'test', entityId: null, records: rows.length });
  });
  expect(
    await world.rows(
      'select lead_status as status, count(*)::int as n from contacts where tenant_id = $1 group by 1',
      tenant.tenantId,
    ),
  ).toEqual([{ status: 'won', n: 5_000 }]);
  expect(await tenant.firings(id)).toHaveLength(5_000);
});

test('a dry run says who would move now, within a day and why not the others, and what would follow', async () => {
  await change('contacted', 'qualified');
  const id = await tenant.automation({
    triggerType: 'TIME_BASED',
    fromStatus: 'new',
    timeValue: 2,
    timeUnit: 'DAYS',
    targetStatus: 'contacted',
    conditions: { tags: ['vip'] },
    isActive: false,
  });
  const now = await tenant.contact('new', { firstName: 'Nora', tags: ['vip'] });
  world.pass(36 * 3_600_000);
  const soon = await tenant.contact('new', { firstName: 'Sue', tags: ['vip'] });
  const unmet = await tenant.contact('new', { firstName: 'Uma' });
  world.pass(24 * 3_600_000);
  const later = await tenant.contact('new', { firstName: 'Lea', tags: ['vip'] });
  const before = await world.rows('select id, lead_status from contacts where tenant_id = $1', tenant.tenantId);
  const run = await tenant.call('statusAutomations.dryRun', { id });
  expect(run).toEqual({
    now: { contacts: 1, sample: [{ id: now, name: 'Nora', dueAt: Date.parse('2026-03-04T15:00:00Z') }] },
    within24Hours: { contacts: 1, sample: [{ id: soon, name: 'Sue', dueAt: Date.parse('2026-03-06T03:00:00Z') }] },
    others: [
      { why: 'later', contacts: 1, sample: [expect.objectContaining({ id: later, name: 'Lea' })] },
      { why: 'conditions', contacts: 1, sample: [expect.objectContaining({ id: unmet, name: 'Uma' })] },
    ],
    next: ['qualified'],
  });
  expect(await world.rows('select id, lead_status from contacts where tenant_id = $1', tenant.tenantId)).toEqual(
    before,
  );
  expect(await tenant.firings(id)).toEqual([]);
});

test('a dry run of one that follows a change says that who has the status already stays', async () => {
  const contact = await tenant.contact('new');
  const id = await change('new', 'contacted');
  expect(await tenant.call('statusAutomations.dryRun', { id })).toMatchObject({
    now: { contacts: 0 },
    others: [{ why: 'has_status_already', contacts: 1, sample: [{ id: contact }] }],
  });
});
