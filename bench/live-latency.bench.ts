import { fork } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { must } from '../shared/kernel/must.ts';
import { atMost, percentile, told, type Metric } from './metric.ts';
import { OWNER, startDesktop, startSeededServer, type BenchDesktop } from './stack.ts';

const SAMPLES = 1_000;

/** Desktops that listen along: what one change costs a server that tells fifty. */
const LISTENERS = 50;
const SAMPLES_AMONG_MANY = 300;

/**
 * From the moment COMMIT returned on the server to the row in another desktop's SQLite, read back through its reader: with one
 * desktop, and with fifty that follow the same shapes.
 */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(0);
  const desktop = await startDesktop(server.url);
  await desktop.call('session.signIn', OWNER);
  await desktop.untilSaved();
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const alone = await measure(database, desktop, SAMPLES);
  const crowd = fork(new URL('./clients/shape-listeners.ts', import.meta.url), [server.url, String(LISTENERS - 1)]);
  await once(crowd, 'message');
  const among = await measure(database, desktop, SAMPLES_AMONG_MANY);
  crowd.kill('SIGKILL');
  await database.end();
  await desktop.close();
  await server.stop();
  return [
    atMost(
      'commit to row on another desktop, p50',
      'ms',
      percentile(alone.latencies, 0.5),
      8,
      percentile(alone.commits, 0.5),
    ),
    atMost(
      'commit to row on another desktop, p99',
      'ms',
      percentile(alone.latencies, 0.99),
      40,
      percentile(alone.commits, 0.99),
    ),
    atMost(
      'the same with 50 desktops, p99',
      'ms',
      percentile(among.latencies, 0.99),
      80,
      percentile(among.commits, 0.99),
    ),
    told('the same with 50 desktops, p50', 'ms', percentile(among.latencies, 0.5)),
    told('the commit itself, p50', 'ms', percentile(alone.commits, 0.5)),
  ];
}

async function measure(database: pg.Client, desktop: BenchDesktop, samples: number) {
  const { rows } = await database.query<{ id: string }>('select id from contacts limit 1');
  const { id } = must(rows[0], 'a contact of the demo tenant');
  const latencies: number[] = [];
  const commits: number[] = [];
  for (let i = 0; i < samples; i += 1) {
    const company = `Latency ${samples} ${i}`;
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
  return { latencies, commits };
}
