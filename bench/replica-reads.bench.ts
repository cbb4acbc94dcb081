import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { contactQueries } from '../desktop/core/features/contacts/contact-queries.ts';
import { matchContacts } from '../desktop/core/features/contacts/match-contacts.ts';
import { openReplica, type Replica } from '../desktop/core/replica/open-replica.ts';
import { encryptDatabase, openDatabase, type ReplicaPlace } from '../desktop/core/replica/sealed-database.ts';
import { openReadConnection } from '../desktop/core/replica/read-connection.ts';
import { writeLocally } from '../desktop/core/sync/local-write.ts';
import type { SortKey } from '../shared/bridge/contacts-contract.ts';
import { newId } from '../shared/kernel/ids.ts';
import { CONTACTS, FIRST, fillMillion, LAST, phoneOf, pick, scramble } from './replica/million-contacts.ts';
import { atMost, percentile, sample, sampleAsync, told, type Metric } from './metric.ts';
import { ReaderThread } from './replica/reader-thread.ts';

const SAMPLES = 1_000;

/**
 * A million contacts in a replica of the real schema; reads by the real queries, each beside the same read in raw prepared SQLite.
 * First the file as it would be without encryption, told for comparison, then the encrypted one that the product has.
 */
export async function run(): Promise<Metric[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchboard-reads-'));
  const plain = { file: path.join(dir, 'replica.sqlite'), key: null };
  const replica = openReplica(plain.file);
  const filling = performance.now();
  fillMillion(replica);
  const filled = (performance.now() - filling) / 1000;
  replica.close();
  const sealed = { file: path.join(dir, 'sealed', 'replica.sqlite'), key: randomBytes(32).toString('hex') };
  mkdirSync(path.dirname(sealed.file));
  copyFileSync(plain.file, sealed.file);
  const sealing = performance.now();
  encryptDatabase(sealed.file, sealed.key);
  const sealedIn = (performance.now() - sealing) / 1000;
  const unencrypted = (await measure(plain)).map((metric) => ({
    ...metric,
    name: `unencrypted: ${metric.name}`,
    goal: 'none',
    ok: true,
  }));
  const metrics = await measure(sealed);
  const memory = process.memoryUsage().rss / 1024 ** 2;
  rmSync(dir, { recursive: true });
  return [
    ...unencrypted,
    ...metrics,
    told('a million contacts with messages into the replica', 's', filled),
    told('encrypting the replica of an older version', 's', sealedIn),
    told('memory of the process with five connections', 'MB', memory),
  ];
}

async function measure(place: ReplicaPlace): Promise<Metric[]> {
  const replica = openReplica(place.file, place.key);
  const metrics = [...callerId(place), ...(await pages(place)), ...search(place), ...edits(replica)];
  replica.close();
  return metrics;
}

const raw = ({ file, key }: ReplicaPlace) => {
  const db = openDatabase(file, key, { readonly: true });
  db.pragma('cache_size = -65536');
  return db;
};

/** What every contact is shown with: its tags, and the marks of writes that are pending or refused. */
function besides(peer: Database.Database): (ids: readonly string[]) => unknown {
  const tags = peer.prepare(
    `select t.contact_id, w.body ->> 'name' from json_each(?) j cross join contact_tags t on t.contact_id = j.value
       join workspace_items w on w.id = t.tag_id`,
  );
  const marks = peer.prepare(
    `select m.subject, m.field, r.write_id from json_each(?) j cross join write_mark m on m.subject = j.value
       left join refused_write r on r.write_id = m.write_id`,
  );
  return (ids) => [tags.all(JSON.stringify(ids)), marks.all(JSON.stringify(ids))];
}

function callerId(place: ReplicaPlace): Metric[] {
  const db = openReadConnection(place.file, place.key);
  const queries = contactQueries();
  const context = { db, now: Date.now, me: { userId: 'u', deviceId: 'd' } };
  const number = (i: number) => phoneOf((scramble(i) % (CONTACTS / 50)) * 50);
  const ours = sample(SAMPLES, (i) => queries['contacts.byPhone'](context, { phone: number(i) }));
  const peer = raw(place);
  const one = peer.prepare('select * from contacts where phone = ?');
  const many = peer.prepare('select * from messages where contact_id = ? order by created_at desc limit 20');
  const beside = besides(peer);
  const theirs = sample(SAMPLES, (i) => {
    const { id } = one.get(number(i)) as { id: string };
    return [many.all(id), beside([id])];
  });
  peer.close();
  db.close();
  return [
    atMost('caller id with the last 20 messages, p99', 'ms', percentile(ours, 0.99), 1, percentile(theirs, 0.99)),
  ];
}

async function pages(place: ReplicaPlace): Promise<Metric[]> {
  const db = openReadConnection(place.file, place.key);
  const queries = contactQueries();
  const context = { db, now: Date.now, me: { userId: 'u', deviceId: 'd' } };
  const peer = raw(place);
  const page = peer.prepare('select c.* from json_each(?) j cross join contacts c on c.rid = j.value');
  const thread = await ReaderThread.open(path.dirname(place.file), place);
  const metrics: Metric[] = [];
  const sorts: [SortKey, string][] = [
    ['name', 'name_key'],
    ['score', 'lead_score'],
    ['lastInteractionAt', 'last_interaction_at'],
  ];
  for (const [sort, column] of sorts) {
    const view = { search: '', sort, order: 'desc' as const };
    const { snapshot } = queries['contacts.window'](context, { view, snapshot: null, from: 0, count: 1 });
    const from = (i: number) => scramble(i) % (CONTACTS - 50);
    const ours = sample(SAMPLES, (i) =>
      queries['contacts.window'](context, { view, snapshot, from: from(i), count: 50 }),
    );
    const ordered = Int32Array.from(
      peer.prepare(`select rid from contacts order by ${column}`).pluck().all() as number[],
    );
    const beside = besides(peer);
    const theirs = sample(SAMPLES, (i) => {
      const rows = page.all(JSON.stringify([...ordered.subarray(from(i), from(i) + 50)])) as { id: string }[];
      return beside(rows.map(({ id }) => id));
    });
    const limit = percentile(theirs, 0.99);
    metrics.push(atMost(`page of 50 at any depth by ${sort}, p99`, 'ms', percentile(ours, 0.99), 1, limit));
    const far = await thread.ask('contacts.window', { view, snapshot: null, from: 0, count: 1 });
    const through = await sampleAsync(SAMPLES, (i) =>
      thread.ask('contacts.window', { view, snapshot: far.snapshot, from: from(i), count: 50 }),
    );
    metrics.push(atMost(`the same through the worker by ${sort}, p99`, 'ms', percentile(through, 0.99), 5, limit));
    // To and fro: the order of a moment ago is not worked out again.
    const resort = sample(20, (i) => {
      const turned = { ...view, order: i % 2 === 0 ? ('asc' as const) : ('desc' as const) };
      return queries['contacts.window'](context, { view: turned, snapshot: null, from: 0, count: 50 });
    });
    const walk = peer.prepare(`select rid from contacts order by ${column} desc`).pluck();
    metrics.push(
      atMost(
        `re-sort of the whole list by ${sort}, p50`,
        'ms',
        percentile(resort, 0.5),
        100,
        percentile(
          sample(20, () => walk.all()),
          0.5,
        ),
      ),
    );
  }
  await thread.close();
  peer.close();
  db.close();
  return metrics;
}

function search(place: ReplicaPlace): Metric[] {
  const db = openReadConnection(place.file, place.key);
  const peer = raw(place);
  const prefix = peer
    .prepare('select rowid from contacts_prefix where contacts_prefix match ? order by rowid desc limit 50')
    .pluck();
  const inside = peer.prepare('select rowid from contacts_trigram where search glob ? limit 50').pluck();
  const name = (i: number) => `${pick(FIRST, scramble(i)).slice(0, 3)} ${pick(LAST, scramble(i) >>> 4).slice(0, 3)}`;
  const middle = (i: number) => `erson${scramble(i) % 9_999}`;
  const asText = (text: string) =>
    text
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase();
  const fts = (text: string) =>
    asText(text)
      .split(' ')
      .map((word) => `"${word}"*`)
      .join(' ');
  const byPrefix = sample(SAMPLES, (i) => matchContacts(db, name(i), 50));
  const rawPrefix = sample(SAMPLES, (i) => prefix.all(fts(name(i))));
  const bySubstring = sample(SAMPLES, (i) => matchContacts(db, middle(i), 50));
  const rawSubstring = sample(SAMPLES, (i) => inside.all(`*${middle(i)}*`));
  db.close();
  peer.close();
  return [
    atMost('prefix search of two names, p99', 'ms', percentile(byPrefix, 0.99), 3, percentile(rawPrefix, 0.99)),
    atMost('substring search, p99', 'ms', percentile(bySubstring, 0.99), 5, percentile(rawSubstring, 0.99)),
  ];
}

function edits(replica: Replica): Metric[] {
  const ids = replica.db.prepare('select id from contacts where rid % 499 = 0 limit 2000').pluck().all() as string[];
  const ours = sample(SAMPLES, (i) =>
    writeLocally(replica, {
      writeId: newId<'write'>(),
      name: 'contacts.update',
      input: { id: ids[i], company: `Edited ${i}` },
      madeAt: i,
      unit: newId<'write'>(),
      patches: [{ kind: 'set', table: 'contacts', ids: [String(ids[i])], values: { company: `Edited ${i}` } }],
      marks: [{ subject: String(ids[i]), field: 'company' }],
    }),
  );
  // The peer writes the same row, outbox entry and full text, durably, and keeps no server image.
  const outbox = replica.db.prepare(
    'insert into pending_write (write_id, name, input, made_at, unit) values (?, ?, ?, ?, ?)',
  );
  const update = replica.db.prepare(`update contacts set company = ?, search = search || ' ' || ? where id = ?`);
  const both = replica.db.transaction((i: number) => {
    const id = newId<'write'>();
    outbox.run(id, 'contacts.update', '{}', i, id);
    update.run(`Raw ${i}`, `raw${i}`, ids[1_000 + (i % 900)]);
  });
  const theirs = sample(SAMPLES, (i) => both(i));
  return [
    atMost('a durable edit with full text and outbox, p99', 'ms', percentile(ours, 0.99), 5, percentile(theirs, 0.99)),
  ];
}
