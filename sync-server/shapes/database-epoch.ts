import type pg from 'pg';

/**
 * Names one history of one database: cluster, timeline and database. It changes when the database is restored from a backup, a standby
 * takes over or the database is made anew, and then what replicas know of it may be more than it knows itself.
 */
export const EPOCH_SQL = `select (select system_identifier::text from pg_control_system()) || '-' ||
  ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int || '-' ||
  (select oid::text from pg_database where datname = current_database())`;

const TRUSTED_MS = 5_000;

export async function readEpoch(client: pg.ClientBase | pg.Pool): Promise<string> {
  const { rows } = await client.query<{ epoch: string }>(`${EPOCH_SQL} as epoch`);
  return rows[0]?.epoch ?? '';
}

/**
 * Reads the epoch at most every five seconds: a database can be restored under a server that keeps running. While the database
 * is away the last one holds, because what is served meanwhile comes from then.
 */
export function createEpochReader(pool: pg.Pool, now: () => number = Date.now): () => Promise<string> {
  let readAt = Number.NEGATIVE_INFINITY;
  let last: string | null = null;
  let reading = Promise.resolve('');
  const read = async (): Promise<string> => {
    try {
      last = await readEpoch(pool);
      return last;
    } catch (error) {
      readAt = Number.NEGATIVE_INFINITY;
      if (last === null) throw error;
      return last;
    }
  };
  return () => {
    if (now() - readAt >= TRUSTED_MS) {
      readAt = now();
      reading = read();
    }
    return reading;
  };
}
