import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { contactsTable } from '../shared/contacts/contact-columns.ts';
import { toColumnName } from '../shared/protocol/synced-table.ts';
import { atMost, percentile, told, type Metric } from './metric.ts';
import { signInForShapes, walkShape } from './clients/shape-session.ts';
import { startSeededServer } from './stack.ts';

const CONTACTS = 100_000;
const WALKS = 5;
const ALL_COLUMNS = Object.keys(contactsTable.columns).map(toColumnName);
/** The real Electric service (1.7.12) on this class of machine, the same rows in 75 MB: we want to be within 1.5 times of it. */
const ELECTRIC = { coldSeconds: 2.81, warmSeconds: 0.82 };

/** The shape log alone: 100,000 contacts over plain HTTP, nobody parsing. Cold makes the snapshot, warm reads its files. */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(CONTACTS);
  const headers = await signInForShapes(server.url);
  const walk = async (columns: readonly string[]) => {
    const started = performance.now();
    const bytes = await walkShape(`${server.url}/api/shapes/contacts`, headers, columns.join(','));
    return { seconds: (performance.now() - started) / 1000, bytes };
  };
  const cold: number[] = [];
  let bytes = 0;
  // Another list of columns is another shape: each of these is cold. The last has them all.
  for (const columns of [ALL_COLUMNS.slice(0, -2), ALL_COLUMNS.slice(0, -1), ALL_COLUMNS]) {
    const { seconds, bytes: came } = await walk(columns);
    cold.push(seconds);
    bytes = came;
  }
  const warm: number[] = [];
  for (let i = 0; i < WALKS; i += 1) warm.push((await walk(ALL_COLUMNS)).seconds);
  const fromDatabase = await readRows(databaseUrl);
  await server.stop();
  const fromMemory = await fetchBytes(bytes);
  return [
    atMost(
      '100k contacts through the shape log, cold',
      's',
      percentile(cold, 0.5),
      1.5 * ELECTRIC.coldSeconds,
      fromDatabase,
    ),
    atMost(
      '100k contacts through the shape log, warm',
      's',
      percentile(warm, 0.5),
      1.5 * ELECTRIC.warmSeconds,
      fromMemory,
    ),
    told('bytes of it', 'MB', bytes / 1e6),
  ];
}

/** The limit of cold: the same rows as JSON text from Postgres into this process. */
async function readRows(databaseUrl: string): Promise<number> {
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const columns = ALL_COLUMNS.map((column) => `${column}::text`).join(', ');
  const started = performance.now();
  await database.query({
    text: `select row_to_json(r)::text from (select ${columns} from contacts) r`,
    rowMode: 'array',
  });
  const seconds = (performance.now() - started) / 1000;
  await database.end();
  return seconds;
}

/** The limit of warm: as many bytes over HTTP from a server that has them in memory, in the same chunks. */
async function fetchBytes(bytes: number): Promise<number> {
  const chunk = Buffer.alloc(8 * 1024 * 1024, 32);
  const server = createServer((_req, res) => res.end(chunk));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const started = performance.now();
  for (let come = 0; come < bytes; come += chunk.length) await (await fetch(`http://127.0.0.1:${port}`)).arrayBuffer();
  const seconds = (performance.now() - started) / 1000;
  server.close();
  return seconds;
}
