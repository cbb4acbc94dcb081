import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Shape, ShapeStream } from '@electric-sql/client';
import express from 'express';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { syncedTable } from '../../../shared/protocol/synced-table.ts';
import { ShapeLog, type ShapeLogOptions } from './shape-log.ts';
import { createShapeRouter, embeddedSource } from '../shape-router.ts';
import { fullDisk } from '../testing/full-disk.ts';

const TENANT = '00000000-0000-7000-8000-00000000000a';
const OTHER = '00000000-0000-7000-8000-00000000000b';
const things = syncedTable('things', { name: 'text', done: 'boolean', at: 'instant', extra: 'json' });
const log = pino({ level: 'silent' });

let db: pg.Client;
let dir: string;
let url: string;
let shapes: ShapeLog;
let server: Server;
let base: string;
let number = 0;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'shapes-'));
  number += 1;
  const name = `shape_log_${process.pid}_${number}`;
  const admin = new pg.Client(inject('postgresUrl'));
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  url = inject('postgresUrl').replace(/\/switchboard$/, `/${name}`);
  db = new pg.Client(url);
  await db.connect();
  await db.query(
    `create table things (id uuid primary key, tenant_id uuid not null, name text, done boolean, at timestamptz(3), extra jsonb, secret text);
     alter table things replica identity full`,
  );
  await startLog();
});

afterEach(async () => {
  await stopLog();
  await dropSlot();
  await db.end();
  rmSync(dir, { recursive: true });
});

/** The server side of a closed replication connection lives on for a moment. */
async function dropSlot(): Promise<void> {
  const mine = `from pg_replication_slots where database = current_database()`;
  for (;;) {
    const { rows } = await db.query<{ active: boolean }>(`select active ${mine}`);
    if (rows.every(({ active }) => !active)) break;
    await db.query(`select pg_terminate_backend(active_pid, 5000) ${mine} and active`);
  }
  await db.query(`select pg_drop_replication_slot(slot_name) ${mine}`);
}

async function startLog(options: Partial<ShapeLogOptions> = {}) {
  shapes = new ShapeLog({ url, dir, tables: ['things'], log, chunkBytes: 10_000, ...options });
  await shapes.start();
  const app = express();
  const router = createShapeRouter({
    rules: [{ table: things, role: 'VIEWER', scope: 'tenant' }],
    reader: (req) => ({
      tenantId: String(req.headers['x-tenant']),
      userId: 'user-1',
      deviceId: 'none',
      role: 'VIEWER',
    }),
    limitDays: async () => null,
    epoch: async () => 'this database',
    source: embeddedSource(shapes),
  });
  app.use('/shapes', router);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/shapes/things`;
}

async function stopLog() {
  await shapes.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

const id = (n: number) => `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`;

const insertMany = (from: number, to: number, tenant = TENANT) =>
  db.query(
    `insert into things (id, tenant_id, name, done, at)
       select ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, $3, 'thing ' || n, n % 2 = 0, '2026-01-02 03:04:05.678+00'
         from generate_series($1::int, $2::int) n`,
    [from, to, tenant],
  );

type Thing = Record<string, string | null>;

/** The official client with values left as text, and a way to wait for what its rows become. */
function follow(tenant = TENANT, resume: { offset?: `${number}_${number}`; handle?: string } = {}) {
  const stop = new AbortController();
  const text = { bool: String, timestamptz: String, jsonb: String } as Record<string, (value: string) => string>;
  const stream = new ShapeStream<Thing>({
    url: base,
    headers: { 'x-tenant': tenant },
    signal: stop.signal,
    parser: text,
    ...resume,
  });
  const shape = new Shape<Thing>(stream);
  const until = (isReached: (rows: Thing[]) => boolean) =>
    new Promise<Thing[]>((resolve) => {
      const off = shape.subscribe(({ rows }) => {
        if (!isReached(rows)) return;
        off();
        resolve(rows);
      });
      if (shape.isUpToDate && isReached(shape.currentRows)) {
        off();
        resolve(shape.currentRows);
      }
    });
  return { stream, shape, until, stop: () => stop.abort() };
}

const ask = async (query: Record<string, string>, tenant = TENANT) => {
  const answer = await fetch(`${base}?${new URLSearchParams(query).toString()}`, { headers: { 'x-tenant': tenant } });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown>[] };
};

test('a client gets a snapshot of many chunks, then live inserts, updates and deletes', async () => {
  await insertMany(1, 500);
  const client = follow();
  await client.until((rows) => rows.length === 500);
  await db.query(`update things set name = 'renamed', done = null where id = $1`, [id(7)]);
  await db.query(`delete from things where id = $1`, [id(8)]);
  await insertMany(501, 501);
  const rows = await client.until((all) => all.some((r) => r['id'] === id(501)));
  expect(rows).toHaveLength(500);
  expect(rows.find((r) => r['id'] === id(7))).toEqual({
    id: id(7),
    name: 'renamed',
    done: null,
    at: '2026-01-02 03:04:05.678+00',
    extra: null,
  });
  client.stop();
});

test('a row that changes tenant leaves one shape and enters the other', async () => {
  await insertMany(1, 3);
  const mine = follow();
  const theirs = follow(OTHER);
  await mine.until((rows) => rows.length === 3);
  await db.query(`update things set tenant_id = $1 where id = $2`, [OTHER, id(2)]);
  expect((await mine.until((rows) => rows.length === 2)).map((r) => r['id'])).toEqual([id(1), id(3)]);
  expect((await theirs.until((rows) => rows.length === 1))[0]).toMatchObject({ id: id(2), name: 'thing 2' });
  mine.stop();
  theirs.stop();
});

test('columns that are not part of the shape never travel, and changing only them says nothing', async () => {
  await insertMany(1, 1);
  const first = await ask({ offset: '-1' });
  const handle = String(first.headers.get('electric-handle'));
  const upToDate = await ask({ offset: String(first.headers.get('electric-offset')), handle });
  await db.query(`update things set secret = 'do not send' where id = $1`, [id(1)]);
  await db.query(`update things set name = 'after' where id = $1`, [id(1)]);
  const live = await ask({ offset: String(upToDate.headers.get('electric-offset')), handle, live: 'true' });
  expect(JSON.stringify(first.body) + JSON.stringify(live.body)).not.toContain('secret');
  expect(live.body.filter((m) => m['key'])).toHaveLength(1);
  expect(live.body[0]).toMatchObject({
    value: { id: id(1), name: 'after' },
    headers: { operation: 'update', last: true },
  });
});

test('after a restart clients go on from their offset with the same handle and miss nothing', async () => {
  await insertMany(1, 20);
  const before = follow();
  await before.until((rows) => rows.length === 20);
  await insertMany(21, 21);
  await before.until((rows) => rows.length === 21);
  const { lastOffset, shapeHandle } = before.stream;
  before.stop();
  await stopLog();
  await insertMany(22, 30);
  await startLog();
  const answer = await ask({ offset: lastOffset, handle: String(shapeHandle) });
  const missed = answer.status === 200 && answer.body.filter((m) => m['key']).length;
  if (missed === 9) return;
  // The log may reach the newest rows a moment after it started.
  const live = await ask({
    offset: String(answer.headers.get('electric-offset')),
    handle: String(shapeHandle),
    live: 'true',
  });
  expect(Number(missed) + live.body.filter((m) => m['key']).length).toBe(9);
});

test('rows written while a snapshot is taken appear exactly once', async () => {
  await insertMany(1, 2_000);
  const writing = (async () => {
    for (let n = 2_001; n <= 2_200; n += 1) await insertMany(n, n);
  })();
  const clients = Array.from({ length: 5 }, () => follow());
  await writing;
  for (const client of clients) {
    const rows = await client.until((all) => all.length >= 2_200);
    expect(new Set(rows.map((r) => r['id'])).size).toBe(2_200);
    client.stop();
  }
});

test('truncating the table makes clients begin anew', async () => {
  await insertMany(1, 5);
  const client = follow();
  await client.until((rows) => rows.length === 5);
  await db.query('truncate things');
  await insertMany(6, 7);
  expect((await client.until((rows) => rows.length === 2)).map((r) => r['id'])).toEqual([id(6), id(7)]);
  client.stop();
});

test('a large transaction reaches the client whole, its last message marked', async () => {
  const client = follow();
  await client.until((rows) => rows.length === 0);
  let last = 0;
  client.stream.subscribe((messages) => {
    last += messages.filter((m) => 'last' in m.headers && m.headers['last'] === true).length;
  });
  await insertMany(1, 5_000);
  const rows = await client.until((all) => all.length === 5_000);
  expect(rows).toHaveLength(5_000);
  expect(last).toBe(1);
  client.stop();
});

test('unknown handles and positions from the future are told to begin anew, with a handle they do not know', async () => {
  await insertMany(1, 1);
  const first = await ask({ offset: '-1' });
  const handle = String(first.headers.get('electric-handle'));
  const foreign = await ask({ offset: '5_0', handle: 'nonsense-1' });
  const future = await ask({ offset: '99999999999999_0', handle });
  for (const answer of [foreign, future]) {
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual([{ headers: { control: 'must-refetch' } }]);
  }
  const anew = String(future.headers.get('electric-handle'));
  expect(anew).not.toBe(handle);
  const again = await ask({ offset: '-1', handle: anew, expired_handle: handle });
  expect([again.status, again.headers.get('electric-handle')]).toEqual([200, anew]);
  const next = await ask({ offset: String(again.headers.get('electric-offset')), handle: anew });
  expect(next.status).toBe(200);
});

test("another tenant's handle opens nothing", async () => {
  await insertMany(1, 1);
  const mine = await ask({ offset: '-1' });
  const theirs = await ask({ offset: '1_0', handle: String(mine.headers.get('electric-handle')) }, OTHER);
  expect(theirs.status).toBe(409);
});

test('malformed requests are refused by field', async () => {
  expect((await ask({})).body).toMatchObject({ errors: { offset: ["can't be blank"] } });
  expect((await ask({ offset: 'soon' })).body).toMatchObject({ errors: { offset: ['has invalid format'] } });
  expect((await ask({ offset: '3_4' })).body).toMatchObject({
    errors: { handle: ["can't be blank when offset != -1"] },
  });
});

test('a second log on the same database says so instead of stealing the slot', async () => {
  const second = new ShapeLog({ url, dir: path.join(dir, 'second'), tables: ['things'], log });
  await expect(second.start()).rejects.toThrow('Another server process already follows this database');
  await second.stop();
});

test('a second log in the same directory touches nothing there', () => {
  expect(() => new ShapeLog({ url, dir, tables: ['things'], log })).toThrow('already keeps a shape log');
});

test('a database that went back in time makes every client begin anew, although its slot is there', async () => {
  await insertMany(1, 3);
  const before = follow();
  await before.until((rows) => rows.length === 3);
  const { lastOffset, shapeHandle } = before.stream;
  before.stop();
  await stopLog();
  // What the log knows is further than the database: as after a restore from a file copy.
  const { epoch } = JSON.parse(readFileSync(path.join(dir, 'state.json'), 'utf8')) as { epoch: string };
  writeFileSync(path.join(dir, 'state.json'), JSON.stringify({ epoch, acknowledged: String(2n ** 62n) }));
  await startLog();
  expect((await ask({ offset: lastOffset, handle: String(shapeHandle) })).status).toBe(409);
  const after = follow();
  await after.until((rows) => rows.length === 3);
  await insertMany(4, 4);
  expect(await after.until((rows) => rows.length === 4)).toHaveLength(4);
  after.stop();
});

test('a journal that was lost makes every client begin anew instead of missing what it held', async () => {
  await insertMany(1, 3);
  const before = follow();
  await before.until((rows) => rows.length === 3);
  const { lastOffset, shapeHandle } = before.stream;
  before.stop();
  await stopLog();
  await insertMany(4, 4);
  rmSync(path.join(dir, 'journal'), { recursive: true });
  rmSync(path.join(dir, 'state.json'));
  await startLog();
  expect((await ask({ offset: lastOffset, handle: String(shapeHandle) })).status).toBe(409);
  const after = follow();
  expect(await after.until((rows) => rows.length === 4)).toHaveLength(4);
  after.stop();
});

test('who is slow with a snapshot begins anew when the log behind it is not whole any more', async () => {
  await stopLog();
  await startLog({ journal: { segmentBytes: 1_000, keptSegments: 2 } });
  await insertMany(1, 10);
  const first = await ask({ offset: '-1' });
  const handle = String(first.headers.get('electric-handle'));
  const whole = await ask({ offset: String(first.headers.get('electric-offset')), handle });
  const live = ask({ offset: String(whole.headers.get('electric-offset')), handle, live: 'true' });
  for (let n = 11; n <= 30; n += 1) await insertMany(n, n);
  await live;
  // Everything up to here is in the log, and what came first has left it.
  const newest = follow();
  await newest.until((rows) => rows.length === 30);
  newest.stop();
  const slow = await ask({ offset: String(first.headers.get('electric-offset')), handle });
  expect(slow.status).toBe(409);
});

test('while the disk is full nothing is lost and nothing ends: what came then is told when there is room again', async () => {
  await stopLog();
  const disk = fullDisk();
  await startLog(disk);
  await insertMany(1, 3);
  const client = follow();
  await client.until((rows) => rows.length === 3);
  disk.full = ['before append', 'before flush'];
  await insertMany(4, 6);
  await disk.meet('before append');
  disk.full = ['before commit line'];
  await disk.meet('before commit line');
  disk.full = ['before flush'];
  expect(await client.until((rows) => rows.length === 6)).toHaveLength(6);
  await disk.meet('before flush');
  disk.full = ['before catalog line'];
  await db.query('truncate things');
  await insertMany(7, 8);
  await disk.meet('before catalog line');
  disk.full = [];
  expect(await client.until((rows) => rows.length === 2)).toHaveLength(2);
  client.stop();
  await stopLog();
  await startLog();
  const after = follow();
  expect((await after.until((rows) => rows.length === 2)).map((row) => row['id'])).toEqual([id(7), id(8)]);
  after.stop();
});

test('what a snapshot contained is not told again after a restart', async () => {
  await stopLog();
  const disk = fullDisk();
  await startLog(disk);
  // The log is behind the database: the snapshot has what the log will only hear of.
  const others = follow(OTHER);
  await others.until((rows) => rows.length === 0);
  disk.full = ['before append'];
  await insertMany(1, 1, OTHER);
  await disk.meet('before append');
  await insertMany(2, 2);
  const first = await ask({ offset: '-1' });
  const handle = String(first.headers.get('electric-handle'));
  expect(first.body.map((m) => (m['value'] as Thing)['id'])).toEqual([id(2)]);
  disk.full = [];
  await insertMany(3, 3, OTHER);
  await others.until((rows) => rows.length === 2);
  others.stop();
  const next = await ask({ offset: String(first.headers.get('electric-offset')), handle });
  expect(next.body.filter((m) => m['key'])).toEqual([]);
  await stopLog();
  await startLog();
  const after = await ask({ offset: String(next.headers.get('electric-offset')), handle });
  expect([after.status, after.body.filter((m) => m['key'])]).toEqual([200, []]);
});
