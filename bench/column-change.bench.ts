import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { Cable } from '../e2e/stack/cable.ts';
import { openDatabase } from '../desktop/core/replica/sealed-database.ts';
import { readProfileKey } from '../desktop/core/testing/profile-key.ts';
import { must } from '../shared/kernel/must.ts';
import { atMost, percentile, told, type Metric } from './metric.ts';
import { OWNER, startDesktop, startSeededServer, type BenchDesktop } from './stack.ts';

const CONTACTS = Number(process.env['COLUMN_CHANGE_CONTACTS'] ?? 1_000_000);
const EDITS = 10_000;

/**
 * A column is added to the contacts while two desktops are offline, each with ten thousand edits waiting. One comes back as it was and
 * asks for the columns it knows: it must not fetch the table again. The other comes back as a newer app that knows one column more
 * (made so by taking that column out of its file): it fetches the table beside what it shows, and merges it under its edits.
 */
export async function run(): Promise<Metric[]> {
  const { server, databaseUrl } = await startSeededServer(CONTACTS);
  const port = Number(new URL(server.url).port);
  const cables = [await Cable.lay(port), await Cable.lay(port)] as const;
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const { rows } = await database.query<{ id: string }>('select id from contacts order by random() limit $1', [
    2 * EDITS + 2,
  ]);
  const ids = rows.map(({ id }) => id);

  const first = await startDesktop(cables[0].url);
  const loading = performance.now();
  await first.call('session.signIn', OWNER);
  await first.untilSaved();
  const loaded = (performance.now() - loading) / 1000;
  const second = await cloneDesktop(first, cables[1].url);
  const old = await startDesktop(cables[0].url, first.profileDir);
  for (const desktop of [old, second]) await desktop.untilSaved();
  for (const cable of cables) cable.cut();
  await queueEdits(old, 'Old', ids.slice(0, EDITS));
  await queueEdits(second, 'New', ids.slice(EDITS, 2 * EDITS));
  await second.stop();
  forgetColumn(second.profileDir);
  const handle = await handleOf(old);
  await database.query('alter table contacts add column nickname text');
  await database.query(`update contacts set nickname = 'Nick' where id = any($1)`, [ids.slice(0, 1_000)]);

  const opening = performance.now();
  const upgraded = await startDesktop(cables[1].url, second.profileDir);
  const opened = (performance.now() - opening) / 1000;
  const joined = performance.now();
  for (const cable of cables) cable.join();
  const [asIs, newer] = await Promise.all([
    comeBack(old, must(ids.at(-1), 'a contact'), joined),
    comeBack(upgraded, must(ids.at(-2), 'a contact'), joined),
  ]);
  const kept = handle === (await handleOf(old));
  const lost = 2 * EDITS - (await countEdits(database));
  await database.end();
  await old.close();
  await upgraded.close();
  for (const cable of cables) await cable.remove();
  await server.stop();
  return [
    told(`first load of ${CONTACTS} contacts`, 's', loaded),
    atMost('fetches of the table by the desktop that does not know the column', 'fetches', kept ? 0 : 1, 0),
    told('edits delivered by that one, and current', 's', asIs.seconds),
    atMost('longest stall of a local edit there', 'ms', Math.max(...asIs.edits), 1_000),
    atMost('reads meanwhile there, p99', 'ms', percentile(asIs.reads, 0.99), 50),
    told('newer app opens its older file', 's', opened),
    told('edits delivered by that one, and current with the new column', 's', newer.seconds),
    atMost('longest stall of a local edit there, newer', 'ms', Math.max(...newer.edits), 1_000),
    atMost('reads meanwhile there, p99, newer', 'ms', percentile(newer.reads, 0.99), 50),
    atMost('queued edits that did not arrive', 'edits', lost, 0),
  ];
}

/** A second computer of the same person with the same data: a first load of a million is measured once, not twice. */
async function cloneDesktop(first: BenchDesktop, url: string): Promise<BenchDesktop> {
  await first.stop();
  const profileDir = mkdtempSync(path.join(tmpdir(), 'switchboard-bench-'));
  cpSync(first.profileDir, profileDir, { recursive: true });
  for (const name of ['profile.json', 'session.json']) rmSync(path.join(profileDir, name), { force: true });
  const second = await startDesktop(url, profileDir);
  await second.call('session.signIn', OWNER);
  return second;
}

async function queueEdits(desktop: BenchDesktop, whose: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 500)
    await Promise.all(
      ids
        .slice(from, from + 500)
        .map((id) =>
          desktop.call('command', { name: 'contacts.update', input: { id, company: `Change of ${whose}` } }),
        ),
    );
}

/** What an app that did not know time zones would have left. */
function forgetColumn(profileDir: string): void {
  const db = openDatabase(replicaOf(profileDir), readProfileKey(profileDir));
  for (const sql of [
    'ALTER TABLE contacts DROP COLUMN timezone',
    'ALTER TABLE contacts__stage DROP COLUMN timezone',
    `UPDATE local_setting SET value = 'older' WHERE key = 'contract'`,
  ])
    db.exec(sql);
  db.close();
}

function replicaOf(profileDir: string): string {
  const name = readdirSync(profileDir, { recursive: true }).find((file) => String(file).endsWith('replica.sqlite'));
  return path.join(profileDir, String(must(name, 'a replica')));
}

const handleOf = async (desktop: BenchDesktop): Promise<string | null> => {
  const { streams } = await desktop.call('sync.inspect', {});
  return streams.find(({ table }) => table === 'contacts')?.handle ?? null;
};

/** From the joined cable to everything delivered and every table live, with an edit and a read at a time meanwhile. */
async function comeBack(desktop: BenchDesktop, id: string, joined: number) {
  const edits: number[] = [];
  const reads: number[] = [];
  let done = false;
  const timed = async (samples: number[], act: () => Promise<unknown>) => {
    while (!done) {
      const started = performance.now();
      await act();
      samples.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  let n = 0;
  const busy = Promise.all([
    timed(edits, () =>
      desktop.call('command', { name: 'contacts.update', input: { id, source: `Typed ${(n += 1)}` } }),
    ),
    timed(reads, () => desktop.call('contacts.byPhone', { phone: '+12025550000' })),
  ]);
  await desktop.call('sync.tryNow', {});
  await desktop.until(
    () => desktop.call('sync.get', {}),
    ({ pending }) => pending < 100,
  );
  await desktop.until(
    () => desktop.call('sync.inspect', {}),
    ({ streams }) => streams.every(({ state }) => state === 'live'),
  );
  const seconds = (performance.now() - joined) / 1000;
  done = true;
  await busy;
  await desktop.untilSaved();
  return { seconds, edits, reads };
}

async function countEdits(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from contacts where company like 'Change of %'`,
  );
  return must(rows[0], 'a count').count;
}
