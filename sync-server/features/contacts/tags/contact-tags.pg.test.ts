import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../db/pool.ts';
import { inTx } from '../../../db/tx.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';

let database: TestDatabase;
const tenantId = randomUUID();
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`insert into tenants (id, name, country, created_at) values ($1, 'T', 'US', now())`, [
    tenantId,
  ]);
});
afterAll(() => database.drop());

type Asked = Pick<Client, 'query'>;

async function addContact(client: Asked): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into contacts (id, tenant_id, name_key, search, created_at, updated_at) values ($1, $2, '', '', now(), now())`,
    [id, tenantId],
  );
  return id;
}

const link = (client: Asked, ...contactIds: string[]) =>
  client.query(
    `insert into contact_tags (id, tenant_id, contact_id, tag_id, created_at)
     select gen_random_uuid(), $1, c, gen_random_uuid(), now() from unnest($2::uuid[]) c`,
    [tenantId, contactIds],
  );

const linksOf = async (contactId: string): Promise<number> =>
  (await database.pool.query('select from contact_tags where contact_id = $1', [contactId])).rowCount ?? 0;

/** Resolves once somebody waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await database.pool.query(waiting)).rowCount, { timeout: 10_000 }).toBeGreaterThan(0);
}

test('a link to a contact that does not exist is refused with all links of its statement, and so is one that is turned to it', async () => {
  const known = await addContact(database.pool);
  await expect(link(database.pool, known, randomUUID())).rejects.toMatchObject({
    code: '23503',
    table: 'contact_tags',
  });
  expect(await linksOf(known)).toBe(0);
  await link(database.pool, known, known);
  await expect(
    database.pool.query('update contact_tags set contact_id = $2 where contact_id = $1', [known, randomUUID()]),
  ).rejects.toMatchObject({ code: '23503' });
});

test('links go with their contact, and with its tenant', async () => {
  const [gone, stays] = [await addContact(database.pool), await addContact(database.pool)];
  await link(database.pool, gone, gone, stays);
  await database.pool.query('delete from contacts where id = $1', [gone]);
  expect([await linksOf(gone), await linksOf(stays)]).toEqual([0, 1]);
  await inTx(database.pool, async (_tx, client) => {
    await client.query('delete from tenants where id = $1', [tenantId]);
    expect((await client.query('select from contact_tags')).rowCount).toBe(0);
    await client.query('rollback; begin');
  });
});

test('a contact that is deleted while somebody links it keeps no link, whoever comes first', async () => {
  const [first, second] = [await addContact(database.pool), await addContact(database.pool)];
  let late: Promise<unknown> = Promise.resolve();
  await inTx(database.pool, async (_tx, client) => {
    await client.query('delete from contacts where id = $1', [first]);
    late = link(database.pool, first);
    late.catch(() => undefined);
    await untilSomebodyWaits();
  });
  await expect(late).rejects.toMatchObject({ code: '23503' });
  await inTx(database.pool, async (_tx, client) => {
    await link(client, second);
    late = database.pool.query('delete from contacts where id = $1', [second]);
    await untilSomebodyWaits();
  });
  await late;
  expect([await linksOf(first), await linksOf(second)]).toEqual([0, 0]);
});
