import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../shared/kernel/app-error.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openJobs, type Jobs } from './queue.ts';

const FAILS = { name: 'test.fails', retryLimit: 0, retryDelaySeconds: 1, concurrency: 1 };
let database: TestDatabase;
let jobs: Jobs;

beforeAll(async () => {
  database = await createTestDatabase();
  jobs = await openJobs(database.url, [FAILS], pino({ level: 'silent' }));
  await jobs.work([
    {
      kind: FAILS,
      async run(data) {
        if ((data as { inWords?: boolean }).inWords) throw new AppError('not_allowed_now', 'The file is gone.');
        await drizzle(database.pool).execute(sql`select ${'what somebody wrote'}::integer`);
      },
    },
  ]);
});
afterAll(async () => {
  await jobs.close();
  await database.drop();
});

async function outputOf(data: object): Promise<unknown> {
  const client = await database.pool.connect();
  await jobs.enqueue(client, { name: FAILS.name, data });
  client.release();
  const rows = async () =>
    (
      await database.pool.query<{ output: unknown }>(
        `select output from pgboss.job where name = $1 and state = 'failed' order by completed_on desc limit 1`,
        [FAILS.name],
      )
    ).rows;
  await expect.poll(rows, { timeout: 10_000 }).toHaveLength(1);
  const [row] = await rows();
  await database.pool.query('delete from pgboss.job where name = $1', [FAILS.name]);
  return row?.output;
}

test('what a job failed of is kept in words; queries, what stood in them and where it happened are not', async () => {
  const output = JSON.stringify(await outputOf({}));
  for (const inside of ['what somebody wrote', 'select', '.ts']) expect(output).not.toContain(inside);
  expect(output).toContain('cannot be stored');
  expect(await outputOf({ inWords: true })).toMatchObject({ message: 'The file is gone.' });
});
