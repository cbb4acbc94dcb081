import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Identity } from '../shared/auth/auth-requests.ts';
import { contactTagIdOf, tagIdOf } from '../shared/contacts/tag.ts';
import { newId } from '../shared/kernel/ids.ts';
import { must } from '../shared/kernel/must.ts';
import { Checkpointer } from '../desktop/core/engine/checkpointer.ts';
import { runBulkCommand } from '../desktop/core/features/outbox/bulk-command.ts';
import { openReplica } from '../desktop/core/replica/open-replica.ts';
import { applyBatch } from '../desktop/core/sync/apply-messages.ts';
import { Cable } from '../e2e/stack/cable.ts';
import { atMost, told, type Metric } from './metric.ts';
import { OWNER, startDesktop, startSeededServer, type BenchDesktop } from './stack.ts';

const CONTACTS = 100_000;
const EDITS = 10_000;
const TAG = 'Bulk bench';

/**
 * What waits in the outbox: ten thousand single edits to delivery, beside the same updates as plain SQL; one tag on a hundred
 * thousand contacts, accepted here, its slices, and its arrival on another desktop.
 */
export async function run(): Promise<Metric[]> {
  const slices = await measureSlices();
  const { server, databaseUrl } = await startSeededServer(CONTACTS);
  const cable = await Cable.lay(Number(new URL(server.url).port));
  const [one, other] = await Promise.all([startDesktop(cable.url), startDesktop(server.url)]);
  for (const desktop of [one, other]) {
    await desktop.call('session.signIn', OWNER);
    await desktop.untilSaved();
  }
  const database = new pg.Client(databaseUrl);
  await database.connect();
  const { rows } = await database.query<{ id: string }>('select id from contacts order by random()');
  const ids = rows.map(({ id }) => id);

  const delivered = await deliverEdits(one, cable, ids);
  const raw = await plainUpdates(database, ids);

  const before = await countTags(other);
  const tagging = performance.now();
  await one.call('command', { name: 'contacts.addTags', input: { contactIds: ids, tags: [TAG] } });
  const accepted = (performance.now() - tagging) / 1000;
  await other.until(
    () => countTags(other),
    (count) => count >= before + ids.length,
  );
  const arrived = (performance.now() - tagging) / 1000;
  await one.untilSaved();
  const saved = (performance.now() - tagging) / 1000;
  await database.end();
  await one.close();
  await other.close();
  await cable.remove();
  await server.stop();
  return [
    atMost(`${EDITS} queued edits delivered`, 's', delivered, 10, raw),
    atMost('100k contacts tagged, accepted here', 's', accepted, 4),
    atMost('longest hold of the writer by a slice', 'ms', Math.max(...slices), 250),
    told('slices of 5,000, together', 's', slices.reduce((a, b) => a + b, 0) / 1000),
    atMost('100k tags on another desktop', 's', arrived, 20),
    told('100k tags confirmed here', 's', saved),
  ];
}

const countTags = async (desktop: BenchDesktop): Promise<number> =>
  (await desktop.call('sync.inspect', {})).streams.find(({ table }) => table === 'contact_tags')?.rows ?? 0;

/** From the moment the line is back to the last of the queued edits confirmed. */
async function deliverEdits(desktop: BenchDesktop, cable: Cable, ids: readonly string[]): Promise<number> {
  cable.cut();
  const edits = ids
    .slice(0, EDITS)
    .map((id, i) => ({ name: 'contacts.update' as const, input: { id, company: `Edit ${i}` } }));
  await Promise.all(edits.map((edit) => desktop.call('command', edit)));
  const started = performance.now();
  cable.join();
  await desktop.call('sync.tryNow', {});
  await desktop.untilSaved();
  return (performance.now() - started) / 1000;
}

/** The same updates, each a statement, in transactions of fifty. */
async function plainUpdates(database: pg.Client, ids: readonly string[]): Promise<number> {
  const started = performance.now();
  for (let from = 0; from < EDITS; from += 50) {
    await database.query('begin');
    for (const id of ids.slice(from, from + 50))
      await database.query('update contacts set company = $1 where id = $2', ['Plain', id]);
    await database.query('commit');
  }
  return (performance.now() - started) / 1000;
}

/** How long each slice of a bulk act holds the writer, on a file with a hundred thousand contacts in it. */
async function measureSlices(): Promise<number[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchboard-bench-'));
  const file = path.join(dir, 'replica.sqlite');
  const place = { file, key: randomBytes(32).toString('hex') };
  const replica = openReplica(file, place.key);
  const log = new Checkpointer(replica, place, console.error);
  const contactIds = Array.from({ length: CONTACTS }, () => newId<'contact'>());
  const rows = contactIds.map((id, i) => ({
    value: { id, first_name: `Ada ${i}`, last_name: 'Bench' },
    headers: { operation: 'insert' as const },
  }));
  const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: '100' } };
  await applyBatch(replica, 'contacts', [...rows, upToDate], { handle: 'h', offset: '0_inf' }, async () => {});
  const identity = { userId: newId(), tenantId: newId(), role: 'AGENT' } as unknown as Identity;
  const command = { name: 'contacts.addTags', input: { contactIds, tags: [TAG] } };
  const holds: number[] = [];
  const steps = runBulkCommand(replica, identity, command, Date.now());
  for (let done = false; !done;) {
    const started = performance.now();
    done = steps.next().done === true;
    holds.push(performance.now() - started);
    await log.breathe();
  }
  must(replica.sql('SELECT 1 FROM contact_tags WHERE id = ?').get(tagRow(identity, contactIds[0] ?? '')), 'the tag');
  await log.close();
  replica.close();
  rmSync(dir, { recursive: true, force: true });
  return holds;
}

const tagRow = ({ tenantId }: Identity, contactId: string): string => contactTagIdOf(contactId, tagIdOf(tenantId, TAG));
