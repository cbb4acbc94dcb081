import pg from 'pg';
import { inject } from 'vitest';
import { migrateDatabase } from '../db/migrate.ts';
import { createPool, type Pool } from '../db/pool.ts';

export type TestDatabase = { url: string; pool: Pool; drop: () => Promise<void> };

/** A fresh, migrated database of its own for one test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = serverUrl.replace(/\/[^/]*$/, `/${name}`);
  const pool = createPool(url, () => undefined);
  await migrateDatabase(pool);
  return {
    url,
    pool,
    drop: async () => {
      await pool.end();
      // A shape log that ran here left its slot; a database with one cannot go.
      await onServer(
        serverUrl,
        `select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = '${name}' and not active`,
      );
      await onServer(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
