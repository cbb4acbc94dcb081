import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PRUNINGS } from '../compose.ts';
import { DAY_MS, nameOfTable, pruneTable } from '../db/prune-table.ts';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';
import { makeWorld, addNumber, type World } from '../testing/test-world.ts';
import { pruneTables } from './prune-job.ts';

let stack: TestStack;
let owner: Person;
let world: World;
beforeAll(async () => {
  stack = await startTestStack();
  owner = await stack.signUp();
  await addNumber(stack, owner.tenantId, '+15035550100');
  world = await makeWorld(stack, owner, await stack.join(owner, 'AGENT'));
});
afterAll(() => stack.close());

const prune = (now: number) =>
  pruneTables(stack.database.pool, PRUNINGS, () => now, pino({ level: 'silent' })).run(null, {
    isLastAttempt: false,
    signal: new AbortController().signal,
  });
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

test('what is still within its time stays, whatever else is old', async () => {
  const count = () =>
    stack.rows(`select (select count(*)::int from met_changes) as met, (select count(*)::int from refresh_tokens) as tokens,
      (select count(*)::int from write_receipts) as receipts, (select count(*)::int from webhook_events) as events`);
  const before = await count();
  await prune(Date.now());
  expect(await count()).toEqual(before);
});

test('meetings of changes go after 90 days, and their values stay in the audit log', async () => {
  await stack.rows('update met_changes set created_at = $2 where id = $1', world.metId, ago(89));
  await prune(Date.now());
  expect(await stack.rows('select 1 from met_changes where id = $1', world.metId)).toHaveLength(1);
  await stack.rows('update met_changes set created_at = $2 where id = $1', world.metId, ago(91));
  await prune(Date.now());
  expect(await stack.rows('select 1 from met_changes where id = $1', world.metId)).toHaveLength(0);
  const kept = await stack.rows(
    `select after->>'source' as source from audit_log where entity_id = $1 and action = 'contacts.update' order by at`,
    world.contactId,
  );
  expect(kept).toEqual([{ source: 'Theirs' }, { source: 'Mine' }]);
});

test('receipts go only when their device has ended them more than 400 days ago', async () => {
  const writes = ['never', 'recent', 'old'].map((name) => ({
    writeId: randomUUID(),
    name: 'contacts.create',
    input: { firstName: name },
  }));
  await owner.push(...writes);
  const [never, recent, old] = writes.map(({ writeId }) => writeId);
  await stack.rows('update write_receipts set created_at = $1', ago(2_000));
  const end = 'update write_receipts set device_id = null, ended_at = $2 where id = $1';
  await stack.rows(end, recent, ago(399));
  await stack.rows(end, old, ago(401));
  await prune(Date.now());
  const left = await stack.rows<{ id: string }>('select id from write_receipts where id = any($1)', [
    never,
    recent,
    old,
  ]);
  expect(new Set(left.map(({ id }) => id))).toEqual(new Set([never, recent]));
});

test('refresh tokens go 30 days after their end; a session in use lives on', async () => {
  const credentials = {
    email: `${randomUUID()}@test.example`,
    password: 'long enough password',
    deviceId: randomUUID(),
  };
  const post = async (path: string, body: unknown) => stack.request('POST', `/api/auth/${path}`, { body });
  const signedUp = await post('sign-up', { ...credentials, tenantName: 'T', name: 'N' });
  const { identity, refreshToken } = signedUp.body.data;
  const next = (await post('refresh', { refreshToken })).body.data;
  const of = 'where user_id = $1';
  await stack.rows(
    `update refresh_tokens set created_at = $2, used_at = $2 ${of} and used_at is not null`,
    identity.userId,
    ago(31),
  );
  await prune(Date.now());
  expect(await stack.rows(`select used_at from refresh_tokens ${of}`, identity.userId)).toEqual([{ used_at: null }]);
  expect((await post('refresh', { refreshToken: next.refreshToken })).status).toBe(200);
  await stack.rows(`update refresh_tokens set ended_at = $2 ${of}`, identity.userId, ago(31));
  await prune(Date.now());
  expect(await stack.rows(`select 1 from refresh_tokens ${of}`, identity.userId)).toEqual([]);
});

test('what carriers told goes after 90 days', async () => {
  const insert = `insert into webhook_events (id, vendor, kind, vendor_event_id, payload, received_at)
    values (gen_random_uuid(), 'test', 'text', $1, '{}', $2)`;
  await stack.rows(insert, 'old', ago(91));
  await stack.rows(insert, 'new', ago(89));
  await prune(Date.now());
  expect(await stack.rows('select vendor_event_id as id from webhook_events')).toEqual([{ id: 'new' }]);
});

test('exports that came to nothing go after 30 days, those with a file go with it', async () => {
  const insert = `insert into data_exports (id, tenant_id, asked_by_id, status, created_at, expires_at, message)
    values (gen_random_uuid(), $1, $2, $3, $4, $5, $6)`;
  const made = (status: string, days: number, expires: Date | null, name: string) =>
    stack.rows(insert, owner.tenantId, owner.userId, status, ago(days), expires, name);
  await made('failed', 31, null, 'old failed');
  await made('running', 31, null, 'old forgotten');
  await made('failed', 29, null, 'new failed');
  await made('done', 31, ago(-1), 'kept');
  await prune(Date.now());
  const left = await stack.rows<{ message: string }>('select message from data_exports order by message');
  expect(left.map(({ message }) => message)).toEqual(['kept', 'new failed']);
});

test('more rows than one slice go in one run', async () => {
  await stack.rows(
    `insert into webhook_events (id, vendor, kind, vendor_event_id, payload, received_at)
     select gen_random_uuid(), 'test', 'many', i::text, '{}', $1 from generate_series(1, 4500) i`,
    ago(100),
  );
  const events = PRUNINGS.find(({ table }) => nameOfTable(table) === 'webhook_events');
  expect(events && (await pruneTable(stack.database.pool, events, Date.now()))).toBe(4_500);
});

test('the job is scheduled for every night, and made up for when nobody was up', async () => {
  expect(
    await stack.rows('select name, cron, timezone, options from pgboss.schedule where name = $1', 'server.prune'),
  ).toMatchObject([{ name: 'server.prune', cron: '20 3 * * *', timezone: 'UTC', options: { missed: 'once' } }]);
});
