import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '../../../../shared/kernel/must.ts';
import { systemOf } from '../../../db/act.ts';
import { putBackStatus, type KeptStatus } from '../delete-status.ts';
import { mover, startStatusWorld, type StatusTenant, type StatusWorld } from '../testing/status-world.ts';
import { fireTimers, watchTimers } from './fire-timers.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: StatusWorld;
let faults: string[] = [];
let tenant: StatusTenant;

beforeAll(async () => {
  world = await startStatusWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  faults = [];
  world.at('2026-03-02T15:00:00Z');
  tenant = await world.tenant();
});

const job = () => fireTimers(world.perform, mover, (_, id) => faults.push(id));
const fire = () => tenant.work(job());
const AFTER_30_MINUTES = {
  triggerType: 'TIME_BASED',
  fromStatus: 'new',
  timeValue: 30,
  timeUnit: 'MINUTES',
  targetStatus: 'contacted',
};

test('a contact is moved in the minute its time is up and not before, and its history says by what', async () => {
  const id = await tenant.automation(AFTER_30_MINUTES);
  const contact = await tenant.contact('new');
  expect(await tenant.jobs('statuses.fire')).toEqual([30 * 60]);
  world.pass(30 * MINUTE - 1);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('new');
  world.pass(1);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('contacted');
  const now = new Date(world.now());
  expect(await tenant.firings(id)).toEqual([
    { contactId: contact, outcome: 'moved', reason: null, at: now, dueAt: now },
  ]);
  expect(
    await world.rows('select field, before, after, user_id, cause from contact_changes where contact_id = $1', contact),
  ).toEqual([
    { field: 'leadStatus', before: 'new', after: 'contacted', user_id: null, cause: { kind: 'automation', id } },
  ]);
});

test('time counts anew when the status is given again, and not when something else changes', async () => {
  await tenant.automation(AFTER_30_MINUTES);
  const [touched, renewed] = [await tenant.contact('new'), await tenant.contact('new')];
  world.pass(20 * MINUTE);
  await tenant.call('contacts.update', { id: touched, company: 'Acme' });
  await tenant.give(renewed, 'qualified');
  await tenant.give(renewed, 'new');
  world.pass(10 * MINUTE);
  await fire();
  expect([await tenant.statusOf(touched), await tenant.statusOf(renewed)]).toEqual(['contacted', 'new']);
  // Two changes in one moment are a millisecond apart.
  world.pass(20 * MINUTE + 2);
  await fire();
  expect(await tenant.statusOf(renewed)).toBe('contacted');
});

test.each([
  // The clocks of New York go forward on 8 March 2026 and back on 1 November: nights of 23 and 25 hours.
  ['DAYS', 1, '2026-03-07T20:00:00Z', '2026-03-08T19:00:00Z'],
  ['HOURS', 24, '2026-03-07T20:00:00Z', '2026-03-08T20:00:00Z'],
  ['DAYS', 1, '2026-10-31T19:00:00Z', '2026-11-01T20:00:00Z'],
  ['HOURS', 24, '2026-10-31T19:00:00Z', '2026-11-01T19:00:00Z'],
  // Half past two does not come that night: an hour later.
  ['DAYS', 1, '2026-03-07T07:30:00Z', '2026-03-08T07:30:00Z'],
  ['DAYS', 30, '2026-02-20T15:00:00Z', '2026-03-22T14:00:00Z'],
])('%s of %i from %s end at %s in New York', async (timeUnit, timeValue, from, due) => {
  await tenant.automation({ ...AFTER_30_MINUTES, timeUnit, timeValue });
  world.at(from);
  const contact = await tenant.contact('new');
  world.at(due);
  world.pass(-1);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('new');
  world.pass(1);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('contacted');
});

test('a workspace that moves to another zone moves the days of those who wait', async () => {
  await tenant.automation({ ...AFTER_30_MINUTES, timeUnit: 'DAYS', timeValue: 7 });
  await tenant.contact('new');
  const due = () =>
    world.rows<{ at: Date }>('select due_at as at from status_timers where tenant_id = $1', tenant.tenantId);
  expect(await due()).toEqual([{ at: new Date('2026-03-09T14:00:00Z') }]);
  await world.rows(`update tenants set timezone = 'Asia/Tokyo' where id = $1`, tenant.tenantId);
  expect(await due()).toEqual([{ at: new Date('2026-03-09T15:00:00Z') }]);
});

test('a job that sleeps longer than a new timer is joined by one that does not, and one that sleeps shorter is enough', async () => {
  await tenant.automation({ ...AFTER_30_MINUTES, timeUnit: 'HOURS', timeValue: 5 });
  await tenant.contact('new');
  await tenant.contact('new');
  expect(await tenant.jobs('statuses.fire')).toEqual([5 * 3_600]);
  await tenant.automation({ ...AFTER_30_MINUTES, fromStatus: 'qualified', timeValue: 1 });
  await tenant.contact('qualified');
  expect(await tenant.jobs('statuses.fire')).toEqual([60, 5 * 3_600]);
});

test('what was due while nobody was up is made up for, and the next one is slept for', async () => {
  await tenant.automation(AFTER_30_MINUTES);
  const first = await tenant.contact('new');
  world.pass(20 * MINUTE);
  const second = await tenant.contact('new');
  // The queue was lost with everything in it.
  await world.rows(`delete from pgboss.job where data ->> 'tenantId' = $1`, tenant.tenantId);
  world.pass(15 * MINUTE);
  await tenant.work(watchTimers(world.pool, world.perform, world.now));
  expect(await tenant.jobs('statuses.fire')).toEqual([0]);
  await world.rows(`delete from pgboss.job where data ->> 'tenantId' = $1`, tenant.tenantId);
  await fire();
  expect([await tenant.statusOf(first), await tenant.statusOf(second)]).toEqual(['contacted', 'new']);
  expect(await tenant.jobs('statuses.fire')).toEqual([15 * 60]);
});

test('several workers at once come to each contact once', async () => {
  const id = await tenant.automation(AFTER_30_MINUTES);
  await world.rows(
    `insert into contacts (id, tenant_id, lead_status, name_key, search, created_at, updated_at)
     select gen_random_uuid(), $1, 'new', '', '', $2, $2 from generate_series(1, 1200)`,
    tenant.tenantId,
    new Date(world.now()),
  );
  world.pass(HOUR);
  await Promise.all([fire(), fire(), fire()]);
  // What was in another one's hands at the moment is left to the next time.
  await fire();
  const firings = await tenant.firings(id);
  expect(firings).toHaveLength(1_200);
  expect(new Set(firings.map(({ contactId }) => contactId)).size).toBe(1_200);
  expect(new Set(firings.map(({ outcome }) => outcome))).toEqual(new Set(['moved']));
  expect(await world.rows('select from status_timers where tenant_id = $1', tenant.tenantId)).toEqual([]);
});

test('conditions are looked at when the time is up; who does not meet them stays and is noted', async () => {
  const id = await tenant.automation({
    ...AFTER_30_MINUTES,
    conditions: { tags: ['vip'], attributes: { plan: 'gold' } },
  });
  const [meets, stays] = [await tenant.contact('new'), await tenant.contact('new', { tags: ['vip'] })];
  world.pass(10 * MINUTE);
  await tenant.call('contacts.addTags', { contactIds: [meets], tags: ['VIP'] });
  await tenant.call('contacts.update', { id: meets, attributes: { plan: 'Gold' } });
  world.pass(20 * MINUTE);
  await fire();
  expect([await tenant.statusOf(meets), await tenant.statusOf(stays)]).toEqual(['contacted', 'new']);
  const noted = (await tenant.firings(id)).map(
    ({ contactId, outcome, reason }) => [contactId, outcome, reason] as const,
  );
  expect(new Set(noted)).toEqual(
    new Set([
      [meets, 'moved', null],
      [stays, 'skipped', 'Its conditions do not hold for this contact.'],
    ]),
  );
});

test('nobody is in a campaign that an automation asks for, as there are none', async () => {
  const id = await tenant.automation({ ...AFTER_30_MINUTES, conditions: { campaignIds: [crypto.randomUUID()] } });
  const contact = await tenant.contact('new');
  world.pass(HOUR);
  await fire();
  expect([await tenant.statusOf(contact), (await tenant.firings(id))[0]?.outcome]).toEqual(['new', 'skipped']);
});

test('one whose conditions cannot be read fails in words and stops no other', async () => {
  const poison = await tenant.automation({ ...AFTER_30_MINUTES, name: 'Poison' });
  const sound = await tenant.automation({ ...AFTER_30_MINUTES, fromStatus: 'qualified', name: 'Sound' });
  await world.rows(
    `update status_automations set conditions = '{"rule": {"field": "nonsense"}}' where id = $1`,
    poison,
  );
  const [bitten, well] = [await tenant.contact('new'), await tenant.contact('qualified')];
  world.pass(HOUR);
  await fire();
  expect([await tenant.statusOf(bitten), await tenant.statusOf(well)]).toEqual(['new', 'contacted']);
  expect(await tenant.firings(poison)).toMatchObject([
    { contactId: bitten, outcome: 'failed', reason: expect.stringContaining('could not be carried out') },
  ]);
  expect(await tenant.firings(sound)).toMatchObject([{ contactId: well, outcome: 'moved' }]);
  expect(faults).toEqual([poison]);
});

test('one that is off never comes, nor to a status that is not in use any more', async () => {
  const off = await tenant.automation({ ...AFTER_30_MINUTES, isActive: false });
  const on = await tenant.automation({ ...AFTER_30_MINUTES, targetStatus: 'lost' });
  const lost = must((await statuses()).get('lost'), 'lost');
  const contact = await tenant.contact('new');
  await tenant.call('leadStatuses.update', { id: lost, isActive: false });
  world.pass(HOUR);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('new');
  expect(await tenant.firings(off)).toEqual([]);
  expect(await tenant.firings(on)).toMatchObject([
    { outcome: 'skipped', reason: 'The status “Lost” is not in use any more.' },
  ]);
  await tenant.call('statusAutomations.update', { id: off, isActive: true, existing: 'include' });
  await tenant.call('statusAutomations.update', { id: off, isActive: false });
  await fire();
  expect(await tenant.firings(off)).toEqual([]);
});

test('without a status before, everybody who has one is meant, but for those who have the target', async () => {
  await tenant.automation({ ...AFTER_30_MINUTES, fromStatus: null });
  const contacts = [await tenant.contact('qualified'), await tenant.contact('contacted'), await tenant.contact(null)];
  world.pass(HOUR);
  await fire();
  expect(await Promise.all(contacts.map(tenant.statusOf))).toEqual(['contacted', 'contacted', null]);
});

test('nobody is overlooked who gets the status while an automation is being turned on', async () => {
  const contact = await tenant.contact('qualified');
  const client = await world.pool.connect();
  await client.query('begin');
  await client.query(`update contacts set lead_status = 'new', updated_at = $2 where id = $1`, [
    contact,
    new Date(world.now()),
  ]);
  const made = tenant.automation(AFTER_30_MINUTES);
  const isWaiting = () =>
    world.rows(`select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`);
  await expect.poll(isWaiting).toHaveLength(1);
  await client.query('commit');
  client.release();
  await made;
  world.pass(30 * MINUTE);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('contacted');
});

test('nobody is overlooked who gets the status while the deletion of another one starts an automation again', async () => {
  const target = await tenant.status('Followed');
  await tenant.automation({ ...AFTER_30_MINUTES, targetStatus: 'followed' });
  const contact = await tenant.contact('qualified');
  await tenant.call('leadStatuses.delete', { id: target, remapTo: null });
  const [deleted] = await world.rows<{ kept: KeptStatus }>(
    `select undo -> 'input' as kept from audit_log where tenant_id = $1 and action = 'leadStatuses.delete'`,
    tenant.tenantId,
  );
  const client = await world.pool.connect();
  await client.query('begin');
  await client.query(`update contacts set lead_status = 'new', updated_at = $2 where id = $1`, [
    contact,
    new Date(world.now()),
  ]);
  const back = world.perform(systemOf(tenant.tenantId), (act) =>
    putBackStatus(mover)(act, must(deleted, 'deletion').kept),
  );
  const isWaiting = () =>
    world.rows(`select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`);
  await expect.poll(isWaiting).toHaveLength(1);
  await client.query('commit');
  client.release();
  await back;
  world.pass(30 * MINUTE);
  await fire();
  expect(await tenant.statusOf(contact)).toBe('followed');
});

test('turning one on asks about those who are due already, and does as it is told', async () => {
  const [due, later] = [await tenant.contact('new'), await tenant.contact('new')];
  world.pass(20 * MINUTE);
  await tenant.give(later, 'qualified');
  await tenant.give(later, 'new');
  world.pass(15 * MINUTE);
  await expect(tenant.automation(AFTER_30_MINUTES)).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'due_already', contacts: 1 },
  });
  await tenant.automation({ ...AFTER_30_MINUTES, existing: 'from_now' });
  await fire();
  world.pass(15 * MINUTE + 2);
  await fire();
  expect([await tenant.statusOf(due), await tenant.statusOf(later)]).toEqual(['new', 'contacted']);
  const second = { ...AFTER_30_MINUTES, targetStatus: 'qualified', name: 'B', existing: 'include' };
  await tenant.automation(second);
  await fire();
  expect(await tenant.statusOf(due)).toBe('qualified');
});

async function statuses(): Promise<Map<string, string>> {
  const rows = await world.rows<{ key: string; id: string }>(
    'select key, id from lead_statuses where tenant_id = $1',
    tenant.tenantId,
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}
