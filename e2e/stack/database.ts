import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { ServerStack } from './stack.ts';

/** A connection to the Postgres of the stack (of this run, where it is not embedded), for what nobody can do through the product. End it. */
export async function connectDatabase(server: ServerStack): Promise<pg.Client> {
  const url = process.env['DATABASE_URL'] ?? readFileSync(path.join(server.dataDir, 'postgres', 'url'), 'utf8');
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

/** One statement on a connection of its own. */
export async function runSql<Row extends pg.QueryResultRow>(
  server: ServerStack,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = await connectDatabase(server);
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
