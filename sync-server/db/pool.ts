import pg from 'pg';

export type Pool = pg.Pool;
export type Client = pg.PoolClient;

/** Connections to Postgres. A connection that dies while idle is replaced at its next use instead of ending the process. */
export function createPool(databaseUrl: string, onIdleError: (error: Error) => void, max = 12): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    application_name: 'switchboard',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', onIdleError);
  return pool;
}
