import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { ProtocolClient } from '../testing/protocol-client.ts';
import { ShapeProcess } from '../testing/shape-process.ts';
import { FAULT_POINTS, type FaultPoint } from './fault-point.ts';

/** In CI a few rounds; the hundred of the README with KILL_ROUNDS=100. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);
const ROWS = 5_000;

let db: pg.Client;
let admin: pg.Client;
let name: string;
let url: string;
let dir: string;
let shapes: ShapeProcess;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'shape-kill-'));
  name = `shape_kill_${crypto.randomUUID().replaceAll('-', '')}`;
  admin = new pg.Client(inject('postgresUrl'));
  await admin.connect();
  await admin.query(`create database ${name}`);
  url = inject('postgresUrl').replace(/\/switchboard$/, `/${name}`);
  db = new pg.Client(url);
  await db.connect();
  await db.query('create table things (id int primary key, round int not null, body text)');
});

afterEach(async () => {
  await shapes.kill();
  await db.end();
  const mine = `from pg_replication_slots where database = '${name}'`;
  await admin.query(`select pg_terminate_backend(active_pid, 5000) ${mine} and active`);
  await admin.query(`select pg_drop_replication_slot(slot_name) ${mine}`);
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
  rmSync(dir, { recursive: true, force: true });
});

/** One transaction: many new rows, many changed, some gone, and last the row that says which round it was. */
async function commitLarge(round: number): Promise<void> {
  const first = round * ROWS + 1;
  await db.query('begin');
  await db.query(`insert into things select n, $1, repeat('text ', 20) from generate_series($2::int, $3::int) n`, [
    round,
    first,
    first + ROWS - 1,
  ]);
  await db.query(`update things set body = 'changed in ' || $1::int where id % 7 = $1::int % 7`, [round]);
  await db.query('delete from things where id > 0 and (id % 11 = $1::int % 11 or round < $1::int - 2)', [round]);
  await db.query('insert into things values ($1, $1, null) on conflict (id) do update set round = excluded.round', [
    -round,
  ]);
  await db.query('commit');
}

const isToldOf = (round: number) => (client: ProtocolClient) =>
  client.upToDate && client.rows.has(`"public"."things"/"${-round}"`);

async function expectSameRows(client: ProtocolClient): Promise<void> {
  const { rows } = await db.query<{ id: string; round: string; body: string | null }>(
    'select id::text, round::text, body from things order by id',
  );
  const text = (row: object) => JSON.stringify(row);
  const told = new Set(Array.from(client.rows.values(), text));
  const missing = rows.filter((row) => !told.delete(text(row)));
  // What is told of a failure stays readable: the first few.
  expect({ missing: missing.slice(0, 5), tooMuch: [...told].slice(0, 5) }).toEqual({ missing: [], tooMuch: [] });
}

test(
  `killed within half a second of a large transaction, ${ROUNDS} times, it never loses a row and no client begins anew`,
  { timeout: 60_000 + ROUNDS * 15_000 },
  async () => {
    shapes = await ShapeProcess.start(url, dir);
    const client = new ProtocolClient(shapes.url, { table: 'things' });
    await client.until((c) => c.upToDate);
    const { handle } = client;
    for (let round = 1; round <= ROUNDS; round += 1) {
      await commitLarge(round);
      const reading = client.until(isToldOf(round));
      // Spread over the half second, not random: a failure can be repeated.
      await new Promise((resolve) => setTimeout(resolve, (round * 137) % 500));
      await shapes.kill();
      shapes = await ShapeProcess.start(url, dir);
      client.url = shapes.url;
      await reading;
      await expectSameRows(client);
    }
    expect([client.handle, client.refetches]).toEqual([handle, 0]);
  },
);

/** In the middle of the work, not at its first piece. */
const TIMES: Partial<Record<FaultPoint, number>> = { 'after append': 3, 'after chunk': 2 };

test.each(FAULT_POINTS)('a crash %s loses nothing', { timeout: 60_000 }, async (point) => {
  await db.query(`insert into things select n, 0, repeat('text ', 20) from generate_series(1, 500) n`);
  shapes = await ShapeProcess.start(url, dir, { CRASH_AT: `${point}:${TIMES[point] ?? 1}` });
  let isGone = false;
  const gone = shapes.exited.then(() => (isGone = true));
  const client = new ProtocolClient(shapes.url, { table: 'things' });
  await client.until((c) => isGone || c.upToDate);
  await commitLarge(1);
  const reading = client.until(isToldOf(1));
  await gone;
  await commitLarge(2);
  shapes = await ShapeProcess.start(url, dir);
  client.url = shapes.url;
  await reading;
  await client.until(isToldOf(2));
  await expectSameRows(client);
});
