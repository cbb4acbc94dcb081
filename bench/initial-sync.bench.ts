import Database from 'better-sqlite3';
import { REPLICA_TABLES } from '../desktop/core/replica/replica-schema.ts';
import { must } from '../shared/kernel/must.ts';
import { atMost, told, type Metric } from './metric.ts';
import { OWNER, startDesktop, startSeededServer } from './stack.ts';

const CONTACTS = 100_000;

/**
 * 100,000 contacts from server to searchable SQLite, through the whole product, beside a bulk insert of the same rows from memory
 * into the same schema, and beside JSON.parse of the same bytes.
 */
export async function run(): Promise<Metric[]> {
  const { server } = await startSeededServer(CONTACTS);
  const seconds: number[] = [];
  for (const _ of ['cold', 'warm']) {
    const desktop = await startDesktop(server.url);
    const started = performance.now();
    await desktop.call('session.signIn', OWNER);
    await desktop.until(
      () => desktop.call('contacts.count', {}),
      (count) => count >= CONTACTS,
    );
    await desktop.untilSaved();
    await desktop.call('search.everywhere', { text: 'an', limit: 5 });
    seconds.push((performance.now() - started) / 1000);
    await desktop.close();
  }
  const bodies = await walkShape(server.url);
  const parsing = performance.now();
  const rows = bodies
    .flatMap((body) => JSON.parse(body) as { value?: Record<string, string | null> }[])
    .flatMap(({ value }) => (value ? [value] : []));
  const parsed = (performance.now() - parsing) / 1000;
  const bulk = bulkInsert(rows);
  await server.stop();
  const [cold = Number.NaN, warm = Number.NaN] = seconds;
  return [
    atMost('100k contacts to searchable, cold', 's', cold, 5, bulk),
    atMost('100k contacts to searchable, warm', 's', warm, 4, bulk),
    told('bulk insert of the same rows, indexes and full text built', 's', bulk),
    told('JSON.parse of the same bytes', 's', parsed),
  ];
}

/** The contacts shape over plain HTTP, chunk by chunk. */
async function walkShape(url: string): Promise<string[]> {
  const deviceId = crypto.randomUUID();
  const signIn = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...OWNER, deviceId }),
  });
  const { data } = (await signIn.json()) as { data: { accessToken: string } };
  const bodies: string[] = [];
  let query = 'offset=-1';
  for (;;) {
    const answer = await fetch(`${url}/api/shapes/contacts?${query}`, {
      headers: { authorization: `Bearer ${data.accessToken}` },
    });
    bodies.push(await answer.text());
    if (answer.headers.has('electric-up-to-date')) return bodies;
    const header = (name: string) => encodeURIComponent(must(answer.headers.get(name), name));
    query = `offset=${header('electric-offset')}&handle=${header('electric-handle')}`;
  }
}

/** Seconds for the same rows into the replica's contacts table by plain prepared SQL, with the same indexes and full text. */
function bulkInsert(rows: readonly Record<string, string | null>[]): number {
  const table = must(
    REPLICA_TABLES.find(({ name }) => name === 'contacts'),
    'contacts',
  );
  const db = new Database('');
  db.exec(`create table contacts (rid integer primary key, ${table.columns.join(', ')}, name_key, search)`);
  const started = performance.now();
  const insert = db.prepare(
    `insert into contacts values (null, ${[...table.columns, 'n', 's'].map(() => '?').join(', ')})`,
  );
  db.transaction(() => {
    for (const row of rows) {
      const text = `${row['first_name'] ?? ''} ${row['last_name'] ?? ''} ${row['company'] ?? ''} ${row['email'] ?? ''} ${row['phone'] ?? ''}`;
      insert.run([...table.columns.map((column) => row[column] ?? null), text.toLowerCase(), text.toLowerCase()]);
    }
  })();
  db.exec('create unique index contacts_id on contacts(id)');
  for (const index of table.indexes) db.exec(`create index ${index}`);
  db.exec(`create virtual table p using fts5(search, content='contacts', content_rowid='rid', prefix='1 2 3', detail=none, columnsize=0);
           insert into p(p) values ('rebuild');
           create virtual table t using fts5(search, content='contacts', content_rowid='rid', tokenize="trigram case_sensitive 1", detail=none, columnsize=0);
           insert into t(t) values ('rebuild')`);
  const seconds = (performance.now() - started) / 1000;
  db.close();
  return seconds;
}
