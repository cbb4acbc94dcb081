import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOperation } from '../../../../../shared/catalog/operations.ts';
import { mergeContacts } from '../../../../../shared/contacts/merge-contacts.ts';
import { must } from '../../../../../shared/kernel/must.ts';
import { openReplica, type Replica } from '../../../replica/open-replica.ts';
import { readConnectionOver, type ReadConnection } from '../../../replica/read-connection.ts';
import { writeLocally } from '../../../sync/local-write.ts';
import { conversationIdOf } from '../../../../../shared/inbox/message.ts';
import { findContactDetail } from '../contact-rows.ts';
import { duplicateQueries } from './duplicate-queries.ts';

const idAt = (i: number) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`;
const [ADA, TWIN, OTHER, NOTE, GROUP] = [1, 2, 3, 4, 5].map(idAt) as [string, string, string, string, string];
const queries = duplicateQueries();
let replica: Replica;
let db: ReadConnection;
let now: number;
let writes = 0;

function act(name: string, given: unknown): void {
  const operation = must(findOperation(name), name);
  const input = operation.input.parse(given);
  const patches = operation.patches?.(input, { now, userId: idAt(90), tenantId: idAt(91) }) ?? [];
  const writeId = `w${(writes += 1)}`;
  writeLocally(replica, { writeId, name, input, madeAt: now, unit: writeId, patches, marks: [] });
}
const context = () => ({ db, now: () => now, me: { userId: 'u', deviceId: 'd' } });
function scan(limit = 50) {
  for (;;) {
    const answer = queries['duplicates.scan'](context(), { limit });
    if (answer.share === 1) return answer;
  }
}
const found = () => scan().pairs.map(({ a, b, because }) => [a.id, b.id, because]);

beforeEach(() => {
  now = 1_000;
  replica = openReplica(':memory:');
  db = readConnectionOver(replica.db);
  const phone = '+15035550100';
  act('contacts.create', { id: ADA, firstName: 'Ada', lastName: 'Lovelace', phone, tags: ['Engines'] });
  act('contacts.create', {
    id: TWIN,
    firstName: 'Ada',
    lastName: 'Lovelace',
    company: 'Analytical',
    phone,
    tags: ['Poetry'],
  });
  act('contacts.create', { id: OTHER, firstName: 'Grace', lastName: 'Hopper' });
  act('notes.add', { id: NOTE, contactId: TWIN, body: 'Writes programs' });
  act('groups.create', { id: GROUP, name: 'Pioneers' });
  act('contacts.addToGroup', { groupId: GROUP, contactIds: [TWIN] });
});
afterEach(() => replica.close());

test('two contacts with one number are found, and no longer once they are said to be two people', () => {
  expect(found()).toEqual([[ADA, TWIN, 'phone']]);
  act('contacts.notDuplicates', { a: TWIN, b: ADA });
  expect(scan()).toEqual({ share: 1, total: 0, pairs: [] });
});

test('a merge without a line hands over what the other had, and the pair is gone', () => {
  const pair = must(queries['duplicates.pair'](context(), { keepId: ADA, mergeId: TWIN }), 'pair');
  const shows = { fields: mergeContacts(pair.keep, pair.merge), ...pair.moves };
  act('contacts.merge', { keepId: ADA, mergeId: TWIN, shows });
  expect(findContactDetail(db, ADA)).toMatchObject({
    company: 'Analytical',
    tags: ['Engines', 'Poetry'],
    groupIds: [GROUP],
  });
  expect(db.sql('SELECT contact_id FROM notes WHERE id = ?').pluck().get(NOTE)).toBe(ADA);
  expect(findContactDetail(db, TWIN)).toBeNull();
  expect(found()).toEqual([]);
  expect(queries['duplicates.pair'](context(), { keepId: ADA, mergeId: TWIN })).toBeNull();
});

const said = (id: string, body: string, contactId: string) => {
  act('messages.send', { id, contactId, body });
  now += 10;
};
const thread = (contactId: string) =>
  db
    .sql('SELECT body FROM messages WHERE conversation_id = ? ORDER BY created_at')
    .pluck()
    .all(conversationIdOf(contactId, 'sms'));
const merge = (keepId: string, mergeId: string) => {
  const pair = must(queries['duplicates.pair'](context(), { keepId, mergeId }), 'pair');
  act('contacts.merge', { keepId, mergeId, shows: { fields: {}, ...pair.moves } });
};

test('texts of both stand in one conversation from the moment of the merge on', () => {
  said(idAt(6), 'To Ada', ADA);
  said(idAt(7), 'To her twin', TWIN);
  act('contacts.create', { id: idAt(8), firstName: 'Ada', lastName: 'King', phone: '+15035550100' });
  merge(ADA, TWIN);
  expect(thread(ADA)).toEqual(['To Ada', 'To her twin']);
  merge(idAt(8), ADA);
  expect(thread(idAt(8))).toEqual(['To Ada', 'To her twin']);
  expect(db.sql('SELECT contact_id, channel, last_message_preview FROM conversations').all()).toEqual([
    { contact_id: idAt(8), channel: 'sms', last_message_preview: 'To her twin' },
  ]);
});

test('it is searched over again a minute later where contacts changed, and what was found stands until then', () => {
  expect(found()).toHaveLength(1);
  act('contacts.update', { id: OTHER, phone: '+15035550100' });
  expect(found()).toHaveLength(1);
  now += 60_000;
  found();
  expect(found()).toHaveLength(3);
});

test('how many there are is known after a first search that asking goes on with, and begins no other', () => {
  const count = () => queries['duplicates.count'](context(), {});
  replica.db.exec(`UPDATE stream SET bulk = 1 WHERE tbl = 'contacts'`);
  expect(count()).toEqual({ pairs: null, share: 0 });
  replica.db.exec(`UPDATE stream SET bulk = 0 WHERE tbl = 'contacts'`);
  let answer = count();
  while (answer.share < 1) answer = count();
  expect(answer).toEqual({ pairs: 1, share: 1 });
  act('contacts.update', { id: OTHER, phone: '+15035550100' });
  now += 120_000;
  expect(count()).toEqual({ pairs: 1, share: 1 });
  found();
  expect(count()).toEqual({ pairs: 3, share: 1 });
  act('contacts.notDuplicates', { a: TWIN, b: ADA });
  expect(count()).toEqual({ pairs: 2, share: 1 });
});

test('very many contacts are not searched because somebody looks at the sidebar', () => {
  replica.db.prepare('UPDATE contacts SET rid = rid + 60000').run();
  expect(queries['duplicates.count'](context(), {})).toEqual({ pairs: null, share: 1 });
  expect(found()).toHaveLength(1);
  expect(queries['duplicates.count'](context(), {})).toEqual({ pairs: 1, share: 1 });
});

test('a search of many contacts goes on with each question instead of keeping others waiting', () => {
  const insert = replica.db.prepare('INSERT INTO contacts (id, first_name, last_name, company) VALUES (?, ?, ?, ?)');
  replica.db.transaction(() => {
    for (let i = 1_000; i < 41_000; i += 1) insert.run(idAt(i), `First${i % 977}`, `Last${i}`, `Firm ${i % 501}`);
  })();
  const shares: number[] = [];
  for (;;) {
    const { share } = queries['duplicates.scan'](context(), { limit: 1 });
    shares.push(share);
    if (share === 1) break;
  }
  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});
