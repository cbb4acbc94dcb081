import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Pool } from './pool.ts';

export const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));
/** Any constant will do, as long as every server of one database uses the same. */
const LOCK = 7_306_115;

/** Brings the database to this version, forward only. Of servers that start together one migrates and the others wait for it. */
export async function migrateDatabase(pool: Pool, folder = MIGRATIONS): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    // Ends the session and with it the lock, also when the migration left the session in a bad state.
    client.release(true);
  }
}
