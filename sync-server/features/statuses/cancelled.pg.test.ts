import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '../../../shared/kernel/must.ts';
import { systemOf } from '../../db/act.ts';
import { armAutomations } from './automations/arm-automation.ts';
import { fireTimers } from './automations/fire-timers.ts';
import { onStatusJobCancelled } from './on-job-cancelled.ts';
import { remapContacts } from './remap-contacts.ts';
import { mover, startStatusWorld, type StatusTenant, type StatusWorld } from './testing/status-world.ts';

const MANY = 12_000;

let world: StatusWorld;
let tenant: StatusTenant;

beforeAll(async () => {
  world = await startStatusWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  tenant = await world.tenant();
});

const fill = (status: string) =>
  world.rows(
    `insert into contacts (id, tenant_id, lead_status, name_key, search, created_at, updated_at)
     select gen_random_uuid(), $1, $2, '', '', $3, $3 from generate_series(1, $4::int)`,
    tenant.tenantId,
    status,
    new Date(world.now()),
    MANY,
  );
const counts = () =>
  world.rows(
    'select lead_status as status, count(*)::int as n from contacts where tenant_id = $1 group by 1 order by 1',
    tenant.tenantId,
  );
const waiting = async (name: string) => {
  const jobs = await world.rows<{ id: string; data: Record<string, unknown> }>(
    `select id, data from pgboss.job where name = $1 and data ->> 'tenantId' = $2 and state = 'created'`,
    name,
    tenant.tenantId,
  );
  const job = must(jobs[0], name);
  await world.rows(`update pgboss.job set state = 'active' where name = $1 and id = $2`, name, job.id);
  return job.data;
};
const cancel = (job: string, data: Record<string, unknown>) =>
  world.perform(systemOf(tenant.tenantId), (act) =>
    onStatusJobCancelled(mover).run(act, { type: 'job.cancelled', job, data }),
  );

test('whoever cancels the job of a deletion keeps the status, with everybody who had it', async () => {
  const id = await tenant.status('Hot');
  await fill('hot');
  await tenant.call('leadStatuses.delete', { id, remapTo: 'contacted' });
  const data = await waiting('statuses.remap');
  await world.perform(systemOf(tenant.tenantId), (act) =>
    mover.replaceStatus(act, { ...(data as Parameters<typeof mover.replaceStatus>[1]), limit: 2_000 }),
  );
  expect(await counts()).toEqual([
    { status: 'contacted', n: 2_000 },
    { status: 'hot', n: MANY - 2_000 },
  ]);
  await cancel('statuses.remap', data);
  expect(await tenant.call('leadStatuses.get', { id })).toMatchObject({ key: 'hot', name: 'Hot' });
  await tenant.work(remapContacts(world.perform, mover), await waiting('statuses.remap'));
  expect(await counts()).toEqual([{ status: 'hot', n: MANY }]);
});

test('an automation for more contacts than one act bears gives them their time by jobs, and is off when these are cancelled', async () => {
  await fill('new');
  const id = await tenant.automation({
    triggerType: 'TIME_BASED',
    fromStatus: 'new',
    timeValue: 1,
    timeUnit: 'DAYS',
    targetStatus: 'contacted',
  });
  const armed = async () => (await tenant.call('statusAutomations.get', { id }))['waiting'];
  expect(await armed()).toBe(5_000);
  const second = await waiting('statuses.arm');
  await tenant.work(armAutomations(world.perform), second);
  // Begun again after a crash it does no more.
  await tenant.work(armAutomations(world.perform), second);
  expect(await armed()).toBe(10_000);
  await tenant.work(armAutomations(world.perform), await waiting('statuses.arm'));
  expect(await armed()).toBe(MANY);
  await cancel('statuses.arm', second);
  expect(await tenant.call('statusAutomations.get', { id })).toMatchObject({ isActive: false, waiting: 0 });
});

test('who cancels that somebody comes to contacts puts it off for minutes, not for good', async () => {
  await tenant.automation({
    triggerType: 'TIME_BASED',
    fromStatus: 'new',
    timeValue: 1,
    timeUnit: 'MINUTES',
    targetStatus: 'contacted',
  });
  const contact = await tenant.contact('new');
  await cancel('statuses.fire', await waiting('statuses.fire'));
  expect(await tenant.jobs('statuses.fire')).toEqual([300]);
  world.pass(300_000);
  await tenant.work(fireTimers(world.perform, mover, () => undefined));
  expect(await tenant.statusOf(contact)).toBe('contacted');
});
