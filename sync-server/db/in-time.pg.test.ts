import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { inTime } from './in-time.ts';
import { inTx } from './tx.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a statement that takes too long is ended and refused in words', async () => {
  const slow = inTx(database.pool, (tx) => inTime(tx, () => tx.execute(sql`select pg_sleep(30)`), 50));
  await expect(slow).rejects.toMatchObject({ code: 'not_allowed_now', details: { reason: 'too_slow' } });
});

test('what comes after it in the transaction may take its time', async () => {
  const patience = await inTx(database.pool, async (tx) => {
    await inTime(tx, () => tx.execute(sql`select 1`), 50);
    return tx.execute<{ statement_timeout: string }>(sql`show statement_timeout`);
  });
  expect(patience.rows).toEqual([{ statement_timeout: '0' }]);
});
