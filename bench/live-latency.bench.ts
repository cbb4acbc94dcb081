import pg from 'pg';
import { must } from '../shared/kernel/must.ts';
import { percentile, told, type Metric } from './metric.ts';
import { OWNER, startDesktop, startSeededServer } from './stack.ts';

const SAMPLES = 1_000;

/** From the moment COMMIT returned on the server to the row in another desktop's SQLite, read back through its reader. */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(0);
  const desktop = await startDesktop(server.url);
  await desktop.call('session.signIn', OWNER);
  await desktop.untilSaved();
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const { rows } = await database.query<{ id: string }>('select id from contacts limit 1');
  const { id } = must(rows[0], 'a contact of the demo tenant');
  const latencies: number[] = [];
  const commits: number[] = [];
  for (let i = 0; i < SAMPLES; i += 1) {
    const company = `Latency ${i}`;
    const writing = performance.now();
    await database.query('update contacts set company = $1 where id = $2', [company, id]);
    const committed = performance.now();
    await desktop.until(
      () => desktop.call('contacts.get', { id }),
      (contact) => contact?.company === company,
    );
    latencies.push(performance.now() - committed);
    commits.push(committed - writing);
  }
  await database.end();
  await desktop.close();
  await server.stop();
  const commit = percentile(commits, 0.5);
  return [
    told('commit to row on another desktop, p50', 'ms', percentile(latencies, 0.5), commit),
    told('commit to row on another desktop, p99', 'ms', percentile(latencies, 0.99), percentile(commits, 0.99)),
    told('the commit itself, p50', 'ms', commit),
  ];
}
