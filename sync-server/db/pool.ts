import pg from 'pg';

export type Pool = pg.Pool;
export type Client = pg.PoolClient;

/**
 * Connections to Postgres. One that dies, idle or in the middle of a transaction, is told to `onLost` and replaced at the next
 * use; the query under way fails with the same error. Without a listener on each of them a lost connection would end the process.
 */
export function createPool(databaseUrl: string, onLost: (error: Error) => void, max = 12): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    application_name: 'switchboard',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('connect', (client) => client.on('error', onLost));
  // Of idle connections the pool says it once more.
  pool.on('error', () => undefined);
  return pool;
}
