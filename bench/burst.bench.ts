import { ShapeStream } from '@electric-sql/client';
import pg from 'pg';
import { must } from '../shared/kernel/must.ts';
import { atLeast, atMost, percentile, told, type Metric } from './metric.ts';
import { OWNER, signInByHttp, startDesktop, startSeededServer } from './stack.ts';

const ROWS = 50_000;

/**
 * One transaction of 50,000 changed contacts. From COMMIT to its last row at a client that only listens, and through a desktop: rows
 * applied a second with every index and the full text kept in step, and what reads of that desktop take meanwhile.
 */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(ROWS);
  const desktop = await startDesktop(server.url);
  await desktop.call('session.signIn', OWNER);
  await desktop.untilSaved();
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const listener = await listen(server.url);
  const burst = (company: string) =>
    database.query(`update contacts set company = $1 || substr(id::text, 1, 8), lead_score = 7`, [company]);

  // The desktop rests while only the listener is measured.
  await desktop.close();
  const arrived = listener.until('First ', ROWS);
  const writing = performance.now();
  await burst('First ');
  const committed = performance.now();
  await arrived;
  const heard = (performance.now() - committed) / 1000;
  listener.stop();

  const applying = await applyThroughDesktop(server.url, database, () => burst('Second '));
  await database.end();
  await server.stop();
  return [
    atMost('50k-row transaction, COMMIT to its last row at a client', 's', heard, 3.4, (committed - writing) / 1000),
    atLeast('applied with all indexes and full text live', 'rows/s', applying.rate, 8_000),
    atMost('reads meanwhile, p99', 'ms', percentile(applying.reads, 0.99), 10),
    told('COMMIT to the last row shown on a desktop', 's', applying.seconds),
    told('reads meanwhile', 'reads', applying.reads.length),
  ];
}

async function applyThroughDesktop(url: string, database: pg.Client, burst: () => Promise<unknown>) {
  const desktop = await startDesktop(url);
  await desktop.call('session.signIn', OWNER);
  await desktop.untilSaved();
  const reads: number[] = [];
  let done = false;
  const reading = (async () => {
    while (!done) {
      const started = performance.now();
      await desktop.call('contacts.byPhone', { phone: '+12025550000' });
      reads.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  const [from, to] = [await endOf(database, 'asc'), await endOf(database, 'desc')];
  await burst();
  const committed = performance.now();
  const shown = (id: string) =>
    desktop.until(
      () => desktop.call('contacts.get', { id }),
      (contact) => contact?.company?.startsWith('Second') === true,
    );
  await shown(from);
  const first = performance.now();
  await shown(to);
  const last = performance.now();
  done = true;
  await reading;
  await desktop.close();
  return { rate: ROWS / ((last - first) / 1000), seconds: (last - committed) / 1000, reads };
}

/** The first or last contact in the order in which an update of all of them writes. */
async function endOf(database: pg.Client, order: 'asc' | 'desc'): Promise<string> {
  const { rows } = await database.query<{ id: string }>(`select id from contacts order by ctid ${order} limit 1`);
  return must(rows[0], 'a contact').id;
}

/** The official client, listening and doing nothing else. */
async function listen(url: string) {
  const token = await signInByHttp(url);
  const aborter = new AbortController();
  const stream = new ShapeStream<Record<string, string>>({
    url: `${url}/api/shapes/contacts`,
    headers: { Authorization: `Bearer ${token}` },
    signal: aborter.signal,
  });
  let counted = 0;
  let wanted = { company: '\0', count: Infinity, reached: () => {} };
  let ready: () => void = () => {};
  const upToDate = new Promise<void>((resolve) => (ready = resolve));
  stream.subscribe((messages) => {
    for (const message of messages) {
      if ('control' in message.headers) ready();
      else if ('value' in message && message.value['company']?.startsWith(wanted.company)) counted += 1;
    }
    if (counted >= wanted.count) wanted.reached();
  });
  await upToDate;
  return {
    /** Resolves when `count` rows whose company begins like this have come. Ask before they are written. */
    until: (company: string, count: number) =>
      new Promise<void>((reached) => {
        wanted = { company, count, reached };
        if (counted >= count) reached();
      }),
    stop: () => aborter.abort(),
  };
}
