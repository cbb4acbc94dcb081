import { afterEach, beforeEach, expect, test } from 'vitest';
import { QUERY_READS, type SearchKind } from '../../../../shared/bridge/bridge-contract.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import { REPLICA_TABLES } from '../../replica/replica-schema.ts';
import { buildSearchStep } from '../../replica/search/build-search.ts';
import { applySlice, finishTableNow } from '../../sync/apply-messages.ts';
import { emptyTable } from '../../sync/denied-table.ts';
import { writeLocally } from '../../sync/local-write.ts';
import { findPeople } from '../contacts/find-people.ts';
import { searchQueries } from './search-queries.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

let replica: Replica;
beforeEach(() => {
  replica = openReplica(':memory:');
});
afterEach(() => replica.close());

const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: '100' } };
function feed(table: string, rows: readonly Record<string, unknown>[]): void {
  const messages = rows.map((value) => ({ value, headers: { operation: 'insert' as const } }));
  applySlice(replica, table, [...messages, upToDate], { handle: 'h', offset: '0_inf' });
}

const message = (id: string, body: string, more: Record<string, unknown> = {}) => ({
  id,
  conversation_id: 'v1',
  contact_id: 'c1',
  channel: 'sms',
  direction: 'in',
  body,
  created_at: iso(NOW),
  ...more,
});

function ask(text: string, kinds?: SearchKind[], limit = 10) {
  const context = { db: replica, now: () => NOW, me: { userId: 'u', deviceId: 'd' } } as never;
  return searchQueries(findPeople)['search.everywhere'](context, { text, limit, ...(kinds && { kinds }) });
}
const found = (text: string, kinds?: SearchKind[], limit?: number) =>
  ask(text, kinds, limit).hits.map((hit) => {
    if (hit.kind === 'contact') return `contact ${hit.contact.id}`;
    return `${hit.kind} ${'messageId' in hit ? hit.messageId : hit.id}`;
  });

function fillAll(): void {
  feed('contacts', [{ id: 'c1', first_name: 'Ada', last_name: 'Lovelace', phone: '+14155550100' }]);
  feed('messages', [
    message('m1', 'About the rebate', { created_at: iso(NOW - 3 * HOUR) }),
    message('m2', 'The REBATE again', { created_at: iso(NOW - HOUR) }),
    message('m3', 'Something else'),
  ]);
  feed('notes', [{ id: 'n1', contact_id: 'c1', body: 'Likes rebates', created_at: iso(NOW - 2 * HOUR) }]);
  feed('tasks', [
    { id: 't1', title: 'Send the rebate form', contact_id: 'c1', created_at: iso(NOW - 4 * HOUR) },
    { id: 't2', title: 'Call', body: 'about the rebate', completed_at: iso(NOW), created_at: iso(NOW) },
  ]);
}

test('a word is found in messages, notes and tasks, newest first, with the words around it and whom it is about', () => {
  fillAll();
  expect(ask('rebate')).toMatchObject({ searched: 7, building: false });
  expect(ask('rebate').hits).toEqual([
    {
      kind: 'task',
      id: 't2',
      title: 'Call',
      contactId: null,
      contactName: null,
      dueAt: null,
      done: true,
      at: NOW,
      excerpt: { text: 'Call about the rebate', from: 15, to: 21 },
    },
    {
      kind: 'conversation',
      messageId: 'm2',
      conversationId: 'v1',
      contactId: 'c1',
      contactName: 'Ada Lovelace',
      channel: 'sms',
      direction: 'in',
      at: NOW - HOUR,
      excerpt: { text: 'The REBATE again', from: 4, to: 10 },
    },
    {
      kind: 'note',
      id: 'n1',
      contactId: 'c1',
      contactName: 'Ada Lovelace',
      at: NOW - 2 * HOUR,
      excerpt: { text: 'Likes rebates', from: 6, to: 12 },
    },
    expect.objectContaining({
      kind: 'message',
      messageId: 'm1',
      excerpt: { text: 'About the rebate', from: 10, to: 16 },
    }),
    expect.objectContaining({ kind: 'task', id: 't1', done: false, contactName: 'Ada Lovelace' }),
  ]);
});

test('only the kinds that were asked for are searched, so many of each', () => {
  fillAll();
  expect(found('rebate', ['note', 'contact'])).toEqual(['note n1']);
  expect(found('ada', ['contact'])).toEqual(['contact c1']);
  // Where few are wanted, open tasks go before done ones.
  expect(found('rebate', ['task'], 1)).toEqual(['task t1']);
  expect(found('', undefined)).toEqual([]);
  expect(found('?!')).toEqual([]);
});

test('who is called just so comes first, then whose name begins so, then the others by when something last happened', () => {
  const person = (id: string, more: Record<string, unknown>) => ({ id, created_at: iso(NOW - 9 * HOUR), ...more });
  feed('contacts', [
    person('begins', { first_name: 'Roseanne', last_interaction_at: iso(NOW) }),
    person('exact', { first_name: 'Rose' }),
    person('last', { first_name: 'Ada', last_name: 'Rosen', last_interaction_at: iso(NOW - HOUR) }),
    person('laterLast', { first_name: 'Bo', last_name: 'Rosen', last_interaction_at: iso(NOW) }),
    person('company', { first_name: 'Zoe', company: 'Rose & Sons', last_interaction_at: iso(NOW) }),
  ]);
  expect(found('róse')).toEqual([
    'contact exact',
    'contact begins',
    'contact laterLast',
    'contact last',
    'contact company',
  ]);
});

test('a number finds the contact with that phone, however it is spaced, and the texts that hold it', () => {
  fillAll();
  feed('messages', [message('m4', 'Call me at 555 0100 please')]);
  expect(found('555 0100')).toEqual(['contact c1', 'conversation m4']);
  expect(found('(415) 555-01')).toEqual(['contact c1']);
});

test('case and accents make no difference, in either direction and however they are written', () => {
  feed('messages', [
    message('m1', 'Hasta MAÑANA', { conversation_id: 'v1' }),
    message('m2', 'hasta mañana'.normalize('NFD'), { conversation_id: 'v2' }),
    message('m3', '한국어 메시지', { conversation_id: 'v3' }),
  ]);
  for (const typed of ['manana', 'Mañana', 'mañana'.normalize('NFD')])
    expect(found(typed).toSorted()).toEqual(['conversation m1', 'conversation m2']);
  expect(found('한국')).toEqual(['conversation m3']);
});

test('one letter is found in what came last, and beside other words in all that has them', () => {
  fillAll();
  expect(found('r', ['conversation', 'note'])).toEqual(['conversation m2', 'note n1']);
  expect(found('rebate a', ['conversation', 'message'])).toEqual(['conversation m2', 'message m1']);
  expect(found('rebate l', ['conversation', 'message', 'note'])).toEqual(['note n1']);
});

test('a whole page that was pasted is looked for without a complaint', () => {
  fillAll();
  const words = Array.from({ length: 6_000 }, (_, i) => `word${i}`).join(' ');
  const pages = [words, 'qü '.repeat(6_000), 'x'.repeat(60_000)];
  for (const page of pages) expect(found(page)).toEqual([]);
  feed(
    'messages',
    pages.map((page, i) => message(`m${i}`, page, { conversation_id: `long${i}` })),
  );
  for (const [i, page] of pages.entries()) expect(found(page, ['conversation'])).toEqual([`conversation m${i}`]);
});

test('letters that the index does not know are looked for in what came last', () => {
  // Garay, of Unicode 16, between letters that every index knows.
  const word = `ab\u{10d50}cd`;
  feed('messages', [message('m1', `so ${word} it is`), message('m2', 'ab cd')]);
  expect(found(word)).toEqual(['conversation m1']);
});

test('an edit and a deletion are found at once as they are now', () => {
  fillAll();
  const write = (patch: Parameters<typeof writeLocally>[1]['patches'][number], writeId: string) =>
    writeLocally(replica, { writeId, name: 't', input: {}, madeAt: 1, unit: writeId, patches: [patch], marks: [] });
  write({ kind: 'set', table: 'notes', ids: ['n1'], values: { body: 'Likes discounts' } }, 'w1');
  write({ kind: 'delete', table: 'tasks', ids: ['t1'] }, 'w2');
  expect(found('rebate', ['note', 'task'])).toEqual(['task t2']);
  expect(found('discount')).toEqual(['note n1']);
});

test('what is shown fills up with older ones where few of the newest that begin alike match', () => {
  const bodies = Array.from({ length: 2_600 }, (_, i) => (i < 2_000 || i % 15 === 0 ? 'the rebate' : 'the rebel'));
  feed(
    'messages',
    bodies.map((body, i) => message(`m${i}`, body, { conversation_id: `v${i}` })),
  );
  finishTableNow(replica, 'messages');
  while (buildSearchStep(replica));
  expect(found('rebate t', ['conversation'], 6)).toHaveLength(6);
  expect(found('rebate t', ['conversation'], 40)).toHaveLength(40);
  expect(found('rebate t', ['conversation'], 6)).toEqual(found('rebate t', ['conversation'], 40).slice(0, 6));
});

test('after a first sync the newest texts are found first, all of them when the index is built, and meanwhile it says so', () => {
  const rows = Array.from({ length: 2_500 }, (_, i) => message(`m${i}`, i === 0 ? 'oldest rebate' : `number ${i}`));
  feed('messages', rows);
  finishTableNow(replica, 'messages');
  expect(ask('number')).toMatchObject({ building: true, hits: [] });
  expect(buildSearchStep(replica)).toBe(true);
  expect(found('2499')).toEqual(['conversation m2499']);
  expect(found('oldest')).toEqual([]);
  // What is written meanwhile is not lost: a new one, one that is in the index and one that is not yet.
  feed('messages', [message('new', 'fresh rebate')]);
  applySlice(
    replica,
    'messages',
    [
      ['m2400', 1],
      ['m5', 2],
    ].map(([id, op]) => ({
      value: { id, body: 'changed rebate' },
      headers: { operation: 'update' as const, lsn: '200', op_position: op },
    })),
    null,
  );
  expect(found('rebate', ['conversation', 'message'])).toHaveLength(2);
  while (buildSearchStep(replica));
  expect(ask('rebate')).toMatchObject({ building: false });
  expect(found('rebate', ['conversation', 'message']).toSorted()).toEqual([
    'conversation new',
    'message m0',
    'message m2400',
    'message m5',
  ]);
  replica.db.exec(`INSERT INTO messages_text(messages_text, rank) VALUES ('integrity-check', 1)`);
});

test('texts that this person may not see any more are not found, and their words leave the file', () => {
  fillAll();
  for (const _ of emptyTable(replica, 'messages'));
  expect(found('rebate', ['conversation', 'message'])).toEqual([]);
  expect(replica.db.prepare('SELECT count(*) FROM messages_text_idx').pluck().get()).toBe(0);
});

test('the search is asked again when a table changes that it reads', () => {
  fillAll();
  const statements: string[] = [];
  const { sql } = replica;
  replica.sql = (text) => (statements.push(text), sql(text));
  ask('rebate ada');
  const all = statements.join('\n');
  const read = REPLICA_TABLES.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(all));
  expect(read).toEqual(expect.arrayContaining(['contacts', 'messages', 'notes', 'tasks']));
  expect(QUERY_READS['search.everywhere']).toEqual(expect.arrayContaining(read));
});
