import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { createOpenAct, createPerform, type Perform } from '../../db/act.ts';
import { NO_FIELD_KEYS } from '../../db/fields/field-keys.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { addNumber } from '../../testing/test-world.ts';
import { retain } from './retain.ts';

let stack: TestStack;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'switchboard-retain-'));
  stack = await startTestStack({ DATA_DIR: dataDir });
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true });
});

const perform = () =>
  createPerform(
    stack.database.pool,
    createOpenAct({
      fields: NO_FIELD_KEYS,
      publish: async () => {},
      enqueue: async () => {},
      now: Date.now,
      newId,
    }),
  );
const attempt = { isLastAttempt: true, signal: new AbortController().signal };
const keep = (now: number) =>
  retain({ pool: stack.database.pool, perform: perform(), dataDir, now: () => now }).run(null, attempt);

test('a workspace at which the night’s work fails stands in the way of no other, and the job says that it failed', async () => {
  const people = [await stack.signUp(), await stack.signUp()];
  for (const person of people) {
    await person.push({
      name: 'workspace.update',
      input: { retention: { messageDays: null, auditDays: 365, notificationDays: null } },
    });
    await stack.rows(
      `insert into audit_log (id, tenant_id, action, entity, at) values (gen_random_uuid(), $1, 'old', 'x', now() - interval '366 days')`,
      person.tenantId,
    );
  }
  const left = () =>
    stack.rows<{ tenant_id: string }>(
      `select tenant_id from audit_log where action = 'old' and tenant_id = any($1)`,
      people.map(({ tenantId }) => tenantId),
    );
  for (const { tenantId: broken } of people) {
    const failing =
      (inner: Perform): Perform =>
      (actor, work) =>
        actor.tenantId === broken ? Promise.reject(new Error('a fault of this one')) : inner(actor, work);
    const job = retain({ pool: stack.database.pool, perform: failing(perform()), dataDir, now: Date.now });
    await expect(job.run({}, attempt)).rejects.toThrow();
    expect((await left()).map(({ tenant_id: id }) => id)).not.toContain(
      people.find((p) => p.tenantId !== broken)?.tenantId,
    );
    await stack.rows(
      `insert into audit_log (id, tenant_id, action, entity, at) select gen_random_uuid(), t.id, 'old', 'x', now() - interval '366 days' from unnest($1::uuid[]) as t(id)`,
      people.map(({ tenantId }) => tenantId),
    );
  }
});

test('what a workspace does not keep any longer goes at night, and how much of it stands in the audit log', async () => {
  const person = await stack.signUp();
  await addNumber(stack, person.tenantId, '+15035550111');
  const contactId = randomUUID();
  await person.push(
    { name: 'contacts.create', input: { id: contactId, phone: '+14155550130' } },
    { name: 'messages.send', input: { id: randomUUID(), contactId, body: 'old' } },
    { name: 'messages.send', input: { id: randomUUID(), contactId, body: 'new' } },
  );
  await stack.rows(
    `update messages set created_at = now() - interval '31 days' where body = 'old' and tenant_id = $1`,
    person.tenantId,
  );
  const old = (status: string, days: number) =>
    stack.rows(
      `insert into notifications (id, tenant_id, user_id, kind, status, created_at)
       values (gen_random_uuid(), $1, $2, 'SMS_REPLY', $3, now() - make_interval(days => $4))`,
      person.tenantId,
      person.userId,
      status,
      days,
    );
  await old('READ', 8);
  await old('UNREAD', 8);
  await old('READ', 6);
  await stack.rows(
    `insert into audit_log (id, tenant_id, action, entity, at) values (gen_random_uuid(), $1, 'old', 'x', now() - interval '366 days'),
       (gen_random_uuid(), $1, 'younger', 'x', now() - interval '364 days')`,
    person.tenantId,
  );
  const left = async () =>
    stack.rows(
      `select (select string_agg(body, ',') from messages where tenant_id = $1) as messages,
        (select count(*)::int from notifications where tenant_id = $1) as notices,
        (select string_agg(action, ',') from audit_log where tenant_id = $1 and entity = 'x') as audit`,
      person.tenantId,
    );
  const before = await left();
  await keep(Date.now());
  expect(await left()).toEqual(before);
  const retention = { messageDays: 30, auditDays: 365, notificationDays: 7 };
  await person.push({ name: 'workspace.update', input: { retention } });
  await keep(Date.now());
  expect(await left()).toEqual([{ messages: 'new', notices: 2, audit: 'younger' }]);
  const told = () =>
    stack.rows(
      `select after from audit_log where tenant_id = $1 and action = 'privacy.retain' order by at, id`,
      person.tenantId,
    );
  expect(await told()).toEqual([
    { after: { messages: 1, retention } },
    { after: { notifications: 1, retention } },
    { after: { audit: 1, retention } },
  ]);
  // A night in which nothing went is not worth a line.
  await keep(Date.now());
  expect(await told()).toHaveLength(3);
});

test('of a night that ends between two slices the log says what went', async () => {
  const person = await stack.signUp();
  const retention = { messageDays: null, auditDays: null, notificationDays: 1 };
  await person.push({ name: 'workspace.update', input: { retention } });
  await stack.rows(
    `insert into notifications (id, tenant_id, user_id, kind, status, created_at)
     select gen_random_uuid(), $1, $2, 'SMS_REPLY', 'READ', now() - interval '2 days' from generate_series(1, 2500)`,
    person.tenantId,
    person.userId,
  );
  const real = perform();
  let acts = 0;
  const dying: Perform = (actor, work) => {
    if (actor.tenantId !== person.tenantId) return real(actor, work);
    acts += 1;
    return acts === 1 ? real(actor, work) : Promise.reject(new Error('the process ended'));
  };
  const job = retain({ pool: stack.database.pool, perform: dying, dataDir, now: Date.now });
  await expect(job.run({}, attempt)).rejects.toThrow();
  const gone = async () =>
    stack.rows(
      `select (after ->> 'notifications')::int as gone from audit_log where tenant_id = $1 and action = 'privacy.retain' order by at, id`,
      person.tenantId,
    );
  expect(await gone()).toEqual([{ gone: 2_000 }]);
  await keep(Date.now());
  expect(await gone()).toEqual([{ gone: 2_000 }, { gone: 500 }]);
});

test('visits go when they are older than the workspace keeps them, and stay where it says nothing', async () => {
  const people = [await stack.signUp(), await stack.signUp()];
  const [first, second] = people;
  await first?.push({
    name: 'workspace.update',
    input: { retention: { messageDays: null, auditDays: null, notificationDays: null, visitDays: 30 } },
  });
  await second?.push({
    name: 'workspace.update',
    input: { retention: { messageDays: null, auditDays: null, notificationDays: 30 } },
  });
  for (const person of people) {
    const id = randomUUID();
    await person.push({ name: 'contacts.create', input: { id, firstName: 'Ada' } });
    for (const age of [29, 31])
      await stack.rows(
        `insert into contact_visits (id, tenant_id, contact_id, url, ip, at)
         values (gen_random_uuid(), $1, $2, 'https://acme.example/' || $3, '203.0.113.7', now() - $3::int * interval '1 day')`,
        person.tenantId,
        id,
        String(age),
      );
  }
  await keep(Date.now());
  const left = await stack.rows(
    `select tenant_id, url from contact_visits where tenant_id = any($1) order by tenant_id = $2 desc, url`,
    people.map(({ tenantId }) => tenantId),
    first?.tenantId,
  );
  expect(left).toEqual([
    { tenant_id: first?.tenantId, url: 'https://acme.example/29' },
    { tenant_id: second?.tenantId, url: 'https://acme.example/29' },
    { tenant_id: second?.tenantId, url: 'https://acme.example/31' },
  ]);
});
