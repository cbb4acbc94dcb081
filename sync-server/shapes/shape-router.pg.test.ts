import express, { type ErrorRequestHandler } from 'express';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { AppError } from '../../shared/kernel/app-error.ts';
import type { Role } from '../../shared/protocol/role.ts';
import { syncedTable } from '../../shared/protocol/synced-table.ts';
import { createEpochReader } from './database-epoch.ts';
import type { ShapeLog } from './log/shape-log.ts';
import { createShapeRouter, embeddedSource } from './shape-router.ts';
import { startLogStage, type LogStage } from './testing/log-stage.ts';
import { ProtocolClient } from './testing/protocol-client.ts';

const TENANT = '00000000-0000-7000-8000-00000000000a';
const things = syncedTable('things', { name: 'text', createdAt: 'instant' });
const rules = [
  { table: things, role: 'AGENT', scope: 'tenant', window: { column: 'created_at', days: [30, 90] } },
] as const;

let stage: LogStage;
let now: number;
let limitDays: number | null;
let onAsked = () => {};

const onError: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  if (!(error instanceof AppError)) throw error;
  res.status(error.code === 'forbidden' ? 403 : 404).json({ error: error.toBody() });
};

function createApp(log: ShapeLog, databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const router = createShapeRouter({
    rules,
    reader: (req) => ({
      tenantId: TENANT,
      userId: 'user-1',
      deviceId: 'd',
      role: String(req.headers['x-role'] ?? 'AGENT') as Role,
    }),
    limitDays: async () => {
      onAsked();
      return limitDays;
    },
    epoch: createEpochReader(pool),
    source: embeddedSource(log),
    now: () => now,
  });
  pools.push(pool);
  return express().use('/shapes', router).use(onError);
}
const pools: pg.Pool[] = [];

beforeAll(async () => {
  stage = await startLogStage(
    inject('postgresUrl'),
    `create table things (id uuid primary key default gen_random_uuid(), tenant_id uuid not null default '${TENANT}', name text, created_at timestamptz(3))`,
    createApp,
  );
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await stage.close();
});
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21);
  limitDays = null;
  await stage.db.query('delete from things');
});

const follow = async (query: Record<string, string>) => {
  const client = new ProtocolClient(`${stage.url}/shapes/things`, query);
  await client.until(({ upToDate }) => upToDate);
  return client;
};
const namesOf = (client: ProtocolClient) =>
  Array.from(client.rows.values(), ({ name }) => String(name)).toSorted((a, b) => a.localeCompare(b));
const write = (name: string, createdAt: string) =>
  stage.db.query('insert into things (name, created_at) values ($1, $2)', [name, createdAt]);

test('a window holds in the snapshot and in the stream', async () => {
  await write('old', '2026-09-30 23:59:59.999+00');
  await write('first', '2026-10-01 00:00:00+00');
  const [month, all] = [await follow({ days: '30' }), await follow({})];
  expect([namesOf(month), namesOf(all)]).toEqual([['first'], ['first', 'old']]);
  await write('older', '2026-01-01 00:00:00+00');
  await write('new', '2026-11-20 00:00:00+00');
  await month.until(({ rows }) => rows.size === 2);
  await all.until(({ rows }) => rows.size === 4);
  expect(namesOf(month)).toEqual(['first', 'new']);
  await stage.db.query(`update things set created_at = '2026-01-01' where name = 'new'`);
  await month.until(({ rows }) => rows.size === 1);
});

test('the handle lasts until the month ends, then the window is read anew', async () => {
  await write('october', '2026-10-05 00:00:00+00');
  const client = await follow({ days: '30' });
  await client.until((told) => namesOf(told).join(' ') === 'october');
  now = Date.UTC(2026, 10, 30);
  client.upToDate = false;
  expect((await client.ask()).status).toBe(200);
  now = Date.UTC(2026, 11, 1);
  client.upToDate = false;
  expect((await client.ask()).status).toBe(409);
  await client.until(({ upToDate }) => upToDate);
  expect(namesOf(client)).toEqual([]);
});

test("a long poll that is woken asks again and meets the tenant's new limit", async () => {
  await write('old', '2026-01-01 00:00:00+00');
  const client = await follow({});
  await client.until((told) => namesOf(told).join(' ') === 'old');
  const asked = new Promise<void>((resolve) => (onAsked = resolve));
  const poll = client.ask();
  await asked;
  limitDays = 30;
  let isOver = false;
  void poll.then(() => (isOver = true));
  // It may not wait yet: whoever waits is woken.
  while (!isOver) {
    stage.log.wakeAll();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await poll).messages.map(({ headers }) => headers.control)).toEqual(['up-to-date']);
  expect((await client.ask()).status).toBe(409);
  await client.until(({ upToDate }) => upToDate);
  expect(namesOf(client)).toEqual([]);
});

test('a role below is told why, an unknown name is not found', async () => {
  const ask = (name: string) => fetch(`${stage.url}/shapes/${name}?offset=-1`, { headers: { 'x-role': 'VIEWER' } });
  const [forbidden, unknown] = [await ask('things'), await ask('users')];
  expect([forbidden.status, unknown.status]).toEqual([403, 404]);
  expect(await forbidden.json()).toEqual({
    error: {
      code: 'forbidden',
      message: 'Your role does not include this data. Ask an administrator of your workspace.',
    },
  });
});

test('every answer names the database it comes from, and is for nobody else', async () => {
  const { rows } = await stage.db.query<{ epoch: string }>(
    `select (select system_identifier from pg_control_system()) || '-1-' || oid as epoch
       from pg_database where datname = current_database()`,
  );
  for (const query of ['offset=-1', 'offset=5_0&handle=unknown', 'offset=soon']) {
    const answer = await fetch(`${stage.url}/shapes/things?${query}`);
    expect(answer.headers.get('switchboard-epoch')).toBe(rows[0]?.epoch);
    expect([answer.headers.get('cache-control'), answer.headers.get('vary')]).toEqual(['no-store', 'authorization']);
  }
});
