import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPeople } from '../desktop/core/features/contacts/find-people.ts';
import { searchQueries } from '../desktop/core/features/search/search-queries.ts';
import { openReplica, type Replica } from '../desktop/core/replica/open-replica.ts';
import { openReadConnection } from '../desktop/core/replica/read-connection.ts';
import { getReplicaTable } from '../desktop/core/replica/replica-schema.ts';
import { buildSearchStep, resetSearch } from '../desktop/core/replica/search/build-search.ts';
import { mergeSearchStep } from '../desktop/core/replica/search/tidy-search.ts';
import { openDatabase, type ReplicaPlace } from '../desktop/core/replica/sealed-database.ts';
import { upsertRow } from '../desktop/core/replica/write-rows.ts';
import { applySlice } from '../desktop/core/sync/apply-messages.ts';
import { newId } from '../shared/kernel/ids.ts';
import { toSearchText } from '../shared/kernel/search-text.ts';
import { atMost, percentile, sample, told, type Metric } from './metric.ts';
import { FIRST, fillMillion, LAST, pick, scramble } from './replica/million-contacts.ts';
import { sentenceOf, wordOf } from './replica/talk.ts';

const SAMPLES = 300;
const BESIDE = 100_000;
const PEOPLE_BODY = 50;

/** A million contacts, a million messages, a hundred thousand notes and tasks, encrypted as the product has them. */
export async function run(): Promise<Metric[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchboard-search-'));
  const place = { file: path.join(dir, 'replica.sqlite'), key: randomBytes(32).toString('hex') };
  const replica = openReplica(place.file, place.key);
  fillMillion(replica, { perPerson: PEOPLE_BODY, bodyOf: sentenceOf });
  fillBeside(replica);
  const metrics = [...building(replica), ...searches(place), ...writes(replica)];
  replica.close();
  const size = statSync(place.file).size / 1024 ** 2;
  rmSync(dir, { recursive: true });
  return [...metrics, told('the replica on the disk', 'MB', size)];
}

function fillBeside(replica: Replica): void {
  const ids = replica.db.prepare('SELECT id FROM contacts WHERE rid % 10 = 0').pluck().all() as string[];
  const [notes, tasks] = [getReplicaTable('notes'), getReplicaTable('tasks')];
  const ours = { id: newId(), kind: 'phone_number', body: '{"e164":"+15035550100"}' };
  replica.tx(() => {
    upsertRow(replica, getReplicaTable('workspace_items'), ours);
    for (let i = 0; i < BESIDE; i += 1) {
      const about = { contact_id: pick(ids, i), created_at: Date.now() - i };
      upsertRow(replica, notes, { id: newId(), body: sentenceOf(i * 7), ...about });
      upsertRow(replica, tasks, { id: newId(), title: sentenceOf(i * 11).slice(0, 60), ...about });
    }
  }, 'fed');
}

/** The messages’ index as it is built after a first sync, in steps between which people type. */
function building(replica: Replica): Metric[] {
  replica.tx(() => resetSearch(replica, 'messages'), 'fed');
  const steps: number[] = [];
  for (let more = true; more;) {
    const started = performance.now();
    more = buildSearchStep(replica);
    steps.push(performance.now() - started);
  }
  while (mergeSearchStep(replica));
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
  return [
    told('building the index of a million messages', 's', steps.reduce((a, b) => a + b, 0) / 1000),
    told('one step of it, p50', 'ms', percentile(steps, 0.5)),
    atMost('one step of it, p99', 'ms', percentile(steps, 0.99), 100),
  ];
}

function searches(place: ReplicaPlace): Metric[] {
  const db = openReadConnection(place.file, place.key);
  const search = searchQueries(findPeople)['search.everywhere'];
  const context = { db, now: Date.now, me: { userId: 'u', deviceId: 'd' } };
  const peer = openDatabase(place.file, place.key, { readonly: true });
  peer.pragma('cache_size = -65536');
  const raw = ['contacts_prefix', 'messages_text', 'notes_text', 'tasks_text'].map((fts) =>
    peer.prepare(`SELECT rowid FROM ${fts} WHERE ${fts} MATCH ? ORDER BY rowid DESC LIMIT 50`).pluck(),
  );
  const prefix = (word: string, length: number) => word.slice(0, length).padEnd(length, 'e');
  const typed: [string, (i: number) => string][] = [
    ['one letter', (i) => String.fromCharCode(97 + (scramble(i) % 26))],
    ['two letters', (i) => prefix(wordOf(i * 13), 2)],
    ['three letters', (i) => prefix(wordOf(i * 17), 3)],
    ['a common word', (i) => wordOf(i * 19)],
    ['the beginning of a name', (i) => toSearchText(pick(FIRST, scramble(i))).slice(0, 4)],
    ['a name of two words', (i) => toSearchText(`${pick(FIRST, scramble(i))} ${pick(LAST, i).slice(0, 3)}`)],
    [
      'two words of a message',
      (i) =>
        sentenceOf(scramble(i) % 1_000_000)
          .split(' ')
          .slice(1, 3)
          .join(' '),
    ],
    [
      'three words, one a letter',
      (i) =>
        `${sentenceOf(scramble(i) % 1_000_000)
          .split(' ')
          .slice(0, 2)
          .join(' ')} r`,
    ],
    ['digits of a phone', (i) => String(2_012_000_000 + (scramble(i) % 1_000_000)).slice(0, 3 + (i % 8))],
  ];
  const metrics = typed.map(([name, text]) => {
    const ours = sample(SAMPLES, (i) => search(context, { text: text(i), limit: 6 }));
    const query = (i: number) =>
      text(i)
        .split(' ')
        .map((word) => `"${word}"*`)
        .join(' ');
    const theirs = sample(name === 'one letter' ? 26 : SAMPLES, (i) => raw.map((fts) => fts.all(query(i))));
    return atMost(`first results for ${name}, p99`, 'ms', percentile(ours, 0.99), 50, percentile(theirs, 0.99));
  });
  peer.close();
  db.close();
  return metrics;
}

/** What the index of messages costs when they arrive, beside the same without it. */
function writes(replica: Replica): Metric[] {
  const conversation = replica.db.prepare('SELECT conversation_id FROM messages LIMIT 1').pluck().get();
  let n = 0;
  const arrive = (count: number) => {
    applySlice(
      replica,
      'messages',
      Array.from({ length: count }, () => ({
        value: {
          id: newId(),
          conversation_id: conversation,
          body: sentenceOf((n += 1)),
          created_at: String(Date.now()),
        },
        headers: { operation: 'insert' as const },
      })),
      null,
    );
    while (buildSearchStep(replica));
  };
  // As in the product, pieces are merged in the pauses.
  const each = (count: number, times: number) =>
    Array.from({ length: times }, () => {
      const started = performance.now();
      arrive(count);
      const took = performance.now() - started;
      while (mergeSearchStep(replica));
      return took;
    });
  const measure = () => ({ many: each(200, 50), one: each(1, 300) });
  const ours = measure();
  // Without any index of their words: nothing of it is looked at, and nothing built.
  const table = getReplicaTable('messages');
  for (const trigger of Object.keys(table.triggers)) replica.db.exec(`DROP TRIGGER ${trigger}`);
  replica.sql(`UPDATE search_built SET up_to = ${Number.MAX_SAFE_INTEGER} WHERE tbl = 'messages'`).run();
  const bare = measure();
  return [
    told(
      '200 messages that arrive and can be found, p50',
      'ms',
      percentile(ours.many, 0.5),
      percentile(bare.many, 0.5),
    ),
    atMost(
      'one message that arrives and can be found, p99',
      'ms',
      percentile(ours.one, 0.99),
      5,
      percentile(bare.one, 0.99),
    ),
  ];
}
