import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { LiveShape } from './live-shape.ts';
import { SnapshotShelf } from './snapshot-shelf.ts';
import { readTableSchemas, type TableSchema } from './table-schema.ts';

let database: TestDatabase;
let dir: string;
let schema: TableSchema;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'shelf-'));
  database = await createTestDatabase();
  const schemas = await readTableSchemas(database.pool, [['public', 'tags']]);
  schema = [...schemas.values()][0] as TableSchema;
});
afterAll(async () => {
  await database.drop();
  rmSync(dir, { recursive: true });
});

const shapeOf = (n: number) =>
  new LiveShape({ table: 'tags', columns: ['id', 'name'], where: [{ column: 'name', value: `${n}` }] }, schema, n, 0);

test('many that begin at once leave the database to others, and all get their snapshot', async () => {
  let atOnce = 0;
  let most = 0;
  let mayGoOn = () => {};
  const held = new Promise<void>((resolve) => (mayGoOn = resolve));
  const shelf = new SnapshotShelf({
    url: database.url,
    dir,
    chunkBytes: 1_000,
    log: pino({ level: 'silent' }),
    begin: async (look) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await look();
      await held;
      atOnce -= 1;
      return 1n;
    },
  });
  const snapshots = Array.from({ length: 40 }, (_, n) => shelf.newest(shapeOf(n), () => 0));
  await expect.poll(() => most).toBeGreaterThanOrEqual(8);
  // Whoever was let in beyond that has connected by now.
  for (let i = 0; i < 50; i += 1) await database.pool.query('select 1');
  expect(most).toBe(8);
  mayGoOn();
  const chunks = await Promise.all(snapshots.map((snapshot) => snapshot.chunkFile(0)));
  expect(chunks.filter((file) => file !== null)).toHaveLength(40);
  expect(most).toBe(8);
});

test('a snapshot that fails when nobody waits for it is told to who runs the server', async () => {
  const lines: string[] = [];
  let chunks = 0;
  await database.pool.query(
    `insert into tenants (id, name, country, created_at) values ('00000000-0000-7000-8000-000000000001', 't', 'US', now());
     insert into tags select gen_random_uuid(), '00000000-0000-7000-8000-000000000001', '7', now() from generate_series(1, 50)`,
  );
  const shelf = new SnapshotShelf({
    url: database.url,
    dir,
    chunkBytes: 1_000,
    log: pino({}, { write: (line: string) => void lines.push(line) }),
    begin: async (look) => {
      await look();
      return 1n;
    },
    fault: (point) => {
      if (point === 'before chunk' && ++chunks === 2) throw new Error('no room for it');
    },
  });
  const snapshot = shelf.newest(shapeOf(7), () => 0);
  await expect.poll(() => snapshot.failed).toBe(true);
  await expect.poll(() => lines.join('')).toContain('no room for it');
});
