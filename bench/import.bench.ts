import pg from 'pg';
import { must } from '../shared/kernel/must.ts';
import { told, type Metric } from './metric.ts';
import { OWNER, startDesktop, startSeededServer } from './stack.ts';

const ROWS = 100_000;
const PART_BYTES = 1024 * 1024;

/** A file of 100,000 rows through the product: read and checked on the desktop, sent, imported by the server's job, searchable again. */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(0);
  const desktop = await startDesktop(server.url);
  await desktop.call('session.signIn', OWNER);
  await desktop.untilSaved();

  const reading = performance.now();
  const file = Buffer.from(
    ['Name,Phone,Email,Company,Tags', ...Array.from({ length: ROWS }, (_, i) => line(i))].join('\n'),
  );
  let id: string | null = null;
  for (let offset = 0; offset < file.length; offset += PART_BYTES) {
    const bytes = file.subarray(offset, offset + PART_BYTES).toString('base64');
    ({ id } = await desktop.call('imports.receiveFile', { id, fileName: 'bench.csv', offset, bytes }));
  }
  const draft = await desktop.call('imports.read', { id: must(id, 'the draft') });
  const read = (performance.now() - reading) / 1000;

  const committing = performance.now();
  const { importId } = await desktop.call('imports.commit', { id: draft.id });
  await desktop.until(
    () => desktop.call('imports.list', {}),
    (jobs) => jobs.some((job) => job.id === importId && job.status === 'running'),
  );
  const started = performance.now();
  await desktop.until(
    () => desktop.call('imports.list', {}),
    (jobs) => jobs.some((job) => job.id === importId && job.status === 'done'),
  );
  const finished = performance.now();
  await desktop.until(
    () => desktop.call('contacts.byPhone', { phone: phoneOf(ROWS - 1) }),
    (found) => found !== null,
  );
  const searchable = (performance.now() - committing) / 1000;
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const peer = await plainInsert(database);
  await database.end();
  await desktop.close();
  await server.stop();
  const rate = ROWS / ((finished - started) / 1000);
  return [
    told('rows parsed and checked on the desktop', 'rows/s', ROWS / read),
    told('server job into Postgres', 'rows/s', rate, peer),
    told('commit to the last row searchable on the desktop', 's', searchable),
    told('valid rows', 'rows', draft.check.valid),
  ];
}

const phoneOf = (i: number) => `+1${String(2_012_000_000 + i * 7)}`;
const line = (i: number) =>
  `Person${i} Bench${i % 977},${phoneOf(i)},person${i}@bench.example,Company ${i % 500},bench;part ${i % 10}`;

/** The peer: as many rows by plain inserts of 1,000 into a table with the same columns and indexes, without any rule or duplicate check. */
async function plainInsert(database: pg.Client): Promise<number> {
  await database.query('create temporary table plain (like contacts including indexes)');
  const { rows } = await database.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'contacts' and table_schema = 'public' order by ordinal_position`,
  );
  const own: Record<string, string> = { id: 'gen_random_uuid()', phone: `'+1' || (2012000000 + n)` };
  const values = rows.map(({ name }) => own[name] ?? `c.${pg.escapeIdentifier(name)}`);
  const started = performance.now();
  for (let from = 0; from < ROWS; from += 1_000)
    await database.query(
      `insert into plain select ${values.join(', ')} from (select * from contacts limit 1) c, generate_series($1::int, $2::int) n`,
      [from, from + 999],
    );
  return ROWS / ((performance.now() - started) / 1000);
}
