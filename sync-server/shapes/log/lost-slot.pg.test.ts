import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedDatabase } from '../../db/embedded-postgres.ts';
import { ProtocolClient } from '../testing/protocol-client.ts';
import { ShapeProcess } from '../testing/shape-process.ts';

let dir: string;
let clusterDir: string;
let database: EmbeddedDatabase;
let db: pg.Client;
let shapes: ShapeProcess;

// A cluster of its own: the limit holds for every slot.
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'lost-slot-'));
  clusterDir = mkdtempSync(path.join(tmpdir(), 'lost-slot-pg-'));
  database = await startEmbeddedPostgres(clusterDir, ['max_slot_wal_keep_size=1MB', 'fsync=off']);
  db = new pg.Client(database.url);
  await db.connect();
  await db.query('create table things (id int primary key, body text)');
});

afterAll(async () => {
  await shapes.kill();
  await db.end();
  await database.stop();
  for (const made of [dir, clusterDir]) rmSync(made, { recursive: true, force: true });
});

async function slotStatus(): Promise<string | undefined> {
  const { rows } = await db.query<{ wal_status: string }>('select wal_status from pg_replication_slots');
  return rows[0]?.wal_status;
}

test('a slot that fell too far behind does not fill the disk, and its readers begin anew while the log runs on', async () => {
  await db.query('insert into things values (1, null)');
  shapes = await ShapeProcess.start(database.url, path.join(dir, 'shapes'), { LOG_LEVEL: 'silent' });
  const client = new ProtocolClient(shapes.url, { table: 'things' });
  await client.until(({ upToDate }) => upToDate);
  const { handle } = client;

  shapes.freeze();
  for (let id = 2; (await slotStatus()) !== 'lost'; id += 1) {
    await db.query('insert into things values ($1, null)', [id]);
    await db.query('select pg_switch_wal()');
    await db.query('checkpoint');
  }
  shapes.thaw();

  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from things');
  // What was on its way already may come first.
  await client.until(({ refetches, rows: told }) => refetches === 1 && told.size === rows[0]?.count);
  expect(client.handle).not.toBe(handle);
  expect(await slotStatus()).toBe('reserved');
  await db.query('insert into things values (0, $1)', ['after']);
  await client.until(({ rows: told }) => told.get('"public"."things"/"0"')?.['body'] === 'after');
  expect(client.refetches).toBe(1);
});
