import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Identity } from '../../../../../shared/auth/auth-requests.ts';
import { updateContact } from '../../../../../shared/contacts/contact-operations.ts';
import type { HistoryEntry } from '../../../../../shared/contacts/history-operations.ts';
import { newId } from '../../../../../shared/kernel/ids.ts';
import { openReplica, type Replica } from '../../../replica/open-replica.ts';
import { readConnectionOver } from '../../../replica/read-connection.ts';
import { writeLocally } from '../../../sync/local-write.ts';
import { activityQueries } from '../../activity/activity-queries.ts';
import { runBulkCommand } from '../../outbox/bulk-command.ts';
import { outboxQueries } from '../../outbox/outbox-queries.ts';
import { historyQueries } from './history-queries.ts';
import { fetchHistory, forgetGone } from './keep-history.ts';

const ID = '00000000-0000-7000-8000-000000000001';
const queries = historyQueries({ ...activityQueries, ...outboxQueries });
let replica: Replica;
/** Of the server, newest first. */
let past: HistoryEntry[];
let asked: string[];

const entry = (at: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: `c${String(at).padStart(4, '0')}`,
  kind: 'FIELD_CHANGED',
  field: 'company',
  before: `firm ${at - 1}`,
  after: `firm ${at}`,
  at,
  userId: null,
  userName: 'Theo',
  deviceName: 'desk',
  cause: null,
  note: null,
  details: {},
  ...more,
});
const entries = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => entry(from - i));

const ask = async (path: string) => {
  const url = new URL(path, 'http://server');
  asked.push(url.searchParams.get('before') ?? 'newest');
  const limit = Number(url.searchParams.get('limit'));
  const before = Number(url.searchParams.get('before') ?? Number.POSITIVE_INFINITY);
  const rest = past.filter(({ at }) => at < before);
  const page = rest.slice(0, limit);
  return { data: { entries: page, next: rest.length > limit ? String(page.at(-1)?.at) : null } };
};
const fetch = (older = false) => fetchHistory(replica, ask, { contactId: ID, older, now: () => 7_000 });
const list = (limit = 10_000) =>
  queries['history.list'](
    { db: readConnectionOver(replica.db), now: () => 7_000, me: { userId: 'u', deviceId: 'd' } },
    { contactId: ID, limit },
  );
const times = () => list().entries.map(({ at }) => at);

beforeEach(() => {
  replica = openReplica(':memory:');
  past = [];
  asked = [];
  replica.db.exec(
    `INSERT INTO contacts (id, first_name, company) VALUES ('${ID}', 'Ada', 'firm 900');
     UPDATE stream SET ready = 1 WHERE tbl = 'contacts'`,
  );
});
afterEach(() => replica.close());

test('the past that was fetched is kept, newest first, page by page until the server has no more', async () => {
  past = entries(450, 1);
  expect(list()).toMatchObject({ entries: [], keptAt: null, older: false });
  expect(await fetch()).toEqual({ fetched: 200, more: true });
  expect(list(50)).toMatchObject({ more: true, older: true, keptAt: 7_000 });
  expect(await fetch(true)).toEqual({ fetched: 200, more: true });
  expect(await fetch(true)).toEqual({ fetched: 50, more: false });
  expect(times()).toEqual(past.map(({ at }) => at));
  expect(list()).toMatchObject({ more: false, older: false });
  expect(await fetch(true)).toEqual({ fetched: 0, more: false });
});

test('what is new joins what is kept, and what is older still begins where it ended', async () => {
  past = entries(450, 1);
  await fetch();
  past = entries(700, 1);
  expect(await fetch()).toEqual({ fetched: 250, more: true });
  expect(times()).toEqual(entries(700, 251).map(({ at }) => at));
  await fetch(true);
  expect(asked.at(-1)).toBe('251');
});

test('a past with a hole is never kept: where too much is new, what was kept gives way', async () => {
  past = entries(10, 1);
  await fetch();
  past = entries(3_000, 1);
  await fetch();
  expect(times()).toEqual(entries(3_000, 2_001).map(({ at }) => at));
  expect(list().older).toBe(true);
});

test('after a merge the other past stands among what was kept', async () => {
  past = entries(20, 1).filter(({ at }) => at % 2 === 0);
  await fetch();
  past = [entry(21, { kind: 'MERGED', field: null }), ...entries(20, 1)];
  await fetch();
  expect(times()).toEqual(past.map(({ at }) => at));
});

test('what waits is told with what the server still has, and the past of who is gone goes', async () => {
  past = entries(3, 1);
  await fetch();
  const input = { id: ID, company: 'Analytical Engines' };
  const patches = updateContact.patches?.(input, { now: 5, userId: 'u', tenantId: 't' }) ?? [];
  const [writeId, name] = ['w1', 'contacts.update'];
  writeLocally(replica, { writeId, name, input, madeAt: 5, unit: writeId, patches, marks: [] });
  expect(list().waiting).toMatchObject([{ writeId, contactId: ID }]);
  expect(list().settled).toMatchObject({ company: 'firm 900' });
  forgetGone(replica);
  expect(times()).toHaveLength(3);
  replica.db.exec('DELETE FROM pending_base; DELETE FROM contacts');
  forgetGone(replica);
  expect(list()).toMatchObject({ entries: [], keptAt: null });
});

test('an act in slices waits for whoever is in any of them', () => {
  const identity = { userId: newId(), tenantId: newId(), role: 'AGENT' } as unknown as Identity;
  const others = Array.from({ length: 12 }, () => newId<'contact'>());
  const contactIds = [...others.toSorted(), 'ffffffff-0000-7000-8000-000000000001'];
  const command = { name: 'contacts.addTags', input: { contactIds, tags: ['VIP'] } };
  for (const _ of runBulkCommand(replica, identity, command, 5, 5));
  const waitingFor = (contactId: string) =>
    queries['history.list'](
      { db: readConnectionOver(replica.db), now: () => 7_000, me: { userId: 'u', deviceId: 'd' } },
      { contactId, limit: 5 },
    ).waiting.length;
  expect(contactIds.map(waitingFor)).toEqual(contactIds.map(() => 1));
  expect(waitingFor(ID)).toBe(0);
});

test('acts newer than what is kept are told, older ones only where no entry tells of them', async () => {
  past = entries(100, 90);
  await fetch();
  const act = (id: string, action: string, at: number) =>
    replica.db
      .prepare('INSERT INTO acts (id, user_id, action, entity, contact_id, records, at) VALUES (?, ?, ?, ?, ?, 1, ?)')
      .run(id, 'u', action, 'contact', ID, at);
  act('a1', 'contacts.update', 95);
  act('a2', 'notes.add', 96);
  act('a3', 'contacts.update', 101);
  expect(list().acts.map(({ id }) => id)).toEqual(['a3', 'a2']);
});
