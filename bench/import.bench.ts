import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { must } from '../shared/kernel/must.ts';
import { atLeast, told, type Metric } from './metric.ts';
import { OWNER, signInByHttp, startDesktop, startSeededServer } from './stack.ts';

const ROWS = 100_000;
const PART_BYTES = 1024 * 1024;

/** A file of 100,000 rows through the product: read and checked on the desktop, sent, imported by the server's job, searchable again. */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(0);
  const desktop = await startDesktop(server.url);
  await desktop.call('session.signIn', OWNER);
  await desktop.untilSaved();

  const reading = performance.now();
  const file = fileOf();
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
  const alone = await importAlone();
  return [
    told('rows parsed and checked on the desktop', 'rows/s', ROWS / read),
    told('server job into Postgres, a desktop of this machine pulling', 'rows/s', rate, peer),
    atLeast(
      'server job into Postgres, nobody pulling, beside the same rows and links copied',
      'rows/s',
      alone.rate,
      20_000,
      alone.copied,
    ),
    told('commit to the last row searchable on the desktop', 's', searchable),
    told('valid rows', 'rows', draft.check.valid),
  ];
}

const phoneOf = (i: number) => `+1${String(2_012_000_000 + i * 7)}`;
const line = (i: number) =>
  `Person${i} Bench${i % 977},${phoneOf(i)},person${i}@bench.example,Company ${i % 500},bench;part ${i % 10}`;

const fileOf = () =>
  Buffer.from(['Name,Phone,Email,Company,Tags', ...Array.from({ length: ROWS }, (_, i) => line(i))].join('\n'));

/** The same file over REST to a server of its own that no desktop hears, from the end of the upload to the end of the job. */
async function importAlone(): Promise<{ rate: number; copied: number }> {
  const { server, databaseUrl } = await startSeededServer(0);
  const form = new FormData();
  form.set('file', new Blob([fileOf()], { type: 'text/csv' }), 'bench.csv');
  const headers = { authorization: `Bearer ${await signInByHttp(server.url)}` };
  const reply = await fetch(`${server.url}/api/contacts/import`, { method: 'POST', headers, body: form });
  if (!reply.ok) throw new Error(`The upload was refused: ${await reply.text()}`);
  const started = performance.now();
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const isDone = async () => (await database.query(`select from import_jobs where status = 'done'`)).rowCount === 1;
  while (!(await isDone())) await setTimeout(20);
  const rate = ROWS / ((performance.now() - started) / 1000);
  const copied = await copyRows(database);
  await database.end();
  await server.stop();
  return { rate, copied };
}

/** What the database takes at best: the imported rows and their links once more, 5,000 contacts at a time, into tables with the same columns and indexes. */
async function copyRows(database: pg.Client): Promise<number> {
  for (const table of ['contacts', 'contact_tags'])
    await database.query(`create table plain_${table} (like ${table} including indexes)`);
  await database.query(
    `create temporary table numbered as select id, row_number() over (order by id) as n from contacts`,
  );
  await database.query('create index on numbered (n); analyze numbered');
  const started = performance.now();
  for (let from = 0; from < ROWS; from += 5_000)
    for (const [table, key] of [
      ['contacts', 'id'],
      ['contact_tags', 'contact_id'],
    ])
      await database.query(
        `insert into plain_${table} select t.* from numbered k join ${table} t on t.${key} = k.id where k.n > $1 and k.n <= $2`,
        [from, from + 5_000],
      );
  return ROWS / ((performance.now() - started) / 1000);
}

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
