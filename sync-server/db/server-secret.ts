import { randomBytes } from 'node:crypto';
import { must } from '../../shared/kernel/must.ts';
import type { Pool } from './pool.ts';

/**
 * A secret of this installation, made on first use and the same for every server process of the database.
 * Whoever can read it can sign in as anybody, so treat dumps of the database accordingly.
 */
export async function getServerSecret(pool: Pool, name: string): Promise<Uint8Array> {
  await pool.query('insert into server_secrets (name, value) values ($1, $2) on conflict do nothing', [
    name,
    randomBytes(32).toString('base64'),
  ]);
  const { rows } = await pool.query<{ value: string }>('select value from server_secrets where name = $1', [name]);
  return Buffer.from(must(rows[0], `secret ${name}`).value, 'base64');
}
