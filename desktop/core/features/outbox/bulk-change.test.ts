import { beforeEach, expect, test } from 'vitest';
import { contactTagIdOf, tagIdOf } from '../../../../shared/contacts/tag.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import { readConnectionOver } from '../../replica/read-connection.ts';
import { refuseWrite, takeForPush } from '../../sync/outbox.ts';
import { USER } from '../../testing/fake-server.ts';
import { resumeBulkCommands, runBulkCommand } from './bulk-command.ts';
import { noteBulkSize } from './bulk-size.ts';
import { outboxQueries } from './outbox-queries.ts';
import { discardChange, retryWrite } from './retry-write.ts';
import { runCommand } from './run-command.ts';

const identity = { ...USER, role: 'OWNER' as const };
const UNIT = newId<'unit'>();
let replica: Replica;
let contacts: string[];
let slices: string[];

/** 30 contacts tagged in three slices of ten, as a bulk act leaves them in the outbox. */
beforeEach(() => {
  replica = openReplica(':memory:');
  const tag = tagIdOf(USER.tenantId, 'VIP');
  replica.sql(`INSERT INTO workspace_items (id, kind, body) VALUES (?, 'tag', '{"name":"VIP"}')`).run(tag);
  contacts = Array.from({ length: 30 }, () => newId<'contact'>());
  for (const id of contacts) replica.sql('INSERT INTO contacts (id) VALUES (?)').run(id);
  slices = [0, 10, 20].map((from) => {
    const input = { contactIds: contacts.slice(from, from + 10), tags: ['VIP'] };
    return runCommand(replica, identity, { name: 'contacts.addTags', input, unit: UNIT }, 1).writeId;
  });
});

const list = () =>
  outboxQueries['outbox.list'](
    { db: readConnectionOver(replica.db), now: Date.now, me: { userId: 'u', deviceId: 'd' } },
    {},
  );
const refuse = (place: number) =>
  refuseWrite(replica, slices[place] ?? '', { code: 'limit_reached', message: 'Too many tags.' });
const isTagged = (place: number) =>
  replica
    .sql('SELECT 1 FROM contact_tags WHERE id = ?')
    .get(contactTagIdOf(contacts[place] ?? '', tagIdOf(USER.tenantId, 'VIP'))) !== undefined;

test('a bulk act is one entry, however many slices it travels in', () => {
  expect(list()).toMatchObject([
    { title: 'Tag VIP added to 30 contacts', state: 'queued', bulk: { records: 30, refusedRecords: 0, slices: 3 } },
  ]);
});

test('where slices are refused, one entry says how many records that is, and the rest still waits', () => {
  refuse(0);
  refuse(2);
  expect(list()).toMatchObject([
    {
      state: 'refused',
      title: 'Tag VIP added to 30 contacts',
      refusal: { message: 'Too many tags.' },
      bulk: { records: 30, refusedRecords: 20, slices: 2 },
    },
    { state: 'queued', bulk: { records: 30, refusedRecords: 20, slices: 1 } },
  ]);
});

test('slices that were saved still count as part of the act', () => {
  noteBulkSize(replica, UNIT, 30);
  replica.sql('DELETE FROM pending_write WHERE write_id = ?').run(slices[1]);
  refuse(0);
  expect(list()[0]).toMatchObject({ title: 'Tag VIP added to 30 contacts', bulk: { records: 30, refusedRecords: 10 } });
});

test('an act that is taken back while it is cut into slices is not begun again', () => {
  const contactIds = Array.from({ length: 12_000 }, () => newId<'contact'>());
  const act = runBulkCommand(replica, identity, { name: 'contacts.addTags', input: { contactIds, tags: ['Cold'] } }, 5);
  const isKept = () => replica.sql('SELECT count(*) FROM bulk_command').pluck().get() === 1;
  while (!isKept()) act.next();
  const entry = list().find(({ title }) => title === 'Tag Cold added to 12,000 contacts');
  discardChange(replica, entry?.writeId ?? '');
  while (!act.next().done);
  expect(list().map(({ title }) => title)).toEqual(['Tag VIP added to 30 contacts']);
  expect(isKept()).toBe(false);
});

test('a retry sends all refused slices again as one change', () => {
  refuse(0);
  refuse(2);
  const [entry] = list();
  retryWrite(replica, identity, { writeId: entry?.writeId ?? '' }, 2);
  expect(list()).toMatchObject([
    { state: 'queued', bulk: { records: 10, slices: 1 } },
    { state: 'queued', bulk: { records: 20, refusedRecords: 0, slices: 2 } },
  ]);
  expect(replica.sql("SELECT value FROM local_setting WHERE key GLOB 'bulk:*'").pluck().all()).toEqual(['20']);
  expect([isTagged(0), isTagged(25)]).toEqual([true, true]);
});

test('discarding a refused bulk act forgets all its refused slices and leaves the others', () => {
  refuse(0);
  refuse(2);
  discardChange(replica, list()[0]?.writeId ?? '');
  expect(list()).toMatchObject([{ state: 'queued', bulk: { records: 10, refusedRecords: 0, slices: 1 } }]);
  expect([isTagged(0), isTagged(15)]).toEqual([false, true]);
});

test('a bulk act that has not left is taken back whole, and one that has is left alone whole', () => {
  discardChange(replica, list()[0]?.writeId ?? '');
  expect([list(), isTagged(0), isTagged(29)]).toEqual([[], false, false]);

  const input = { contactIds: contacts.slice(0, 10), tags: ['VIP'] };
  runCommand(replica, identity, { name: 'contacts.addTags', input, unit: UNIT }, 3);
  takeForPush(replica);
  runCommand(
    replica,
    identity,
    { name: 'contacts.addTags', input: { ...input, contactIds: [contacts[20] ?? ''] }, unit: UNIT },
    3,
  );
  expect(() => discardChange(replica, list()[0]?.writeId ?? '')).toThrow(/may already have reached the server/);
  expect([isTagged(0), isTagged(20)]).toEqual([true, true]);
});

/** An act on 40 contacts whose first ten are written; the rest is kept to be cut. */
function cutShort() {
  const contactIds = Array.from({ length: 40 }, () => newId<'contact'>());
  const command = { name: 'contacts.addTags', input: { contactIds, tags: ['Cold'] } };
  const act = runBulkCommand(replica, identity, command, 5, 10);
  const kept = () => replica.sql('SELECT count(*) FROM bulk_command').pluck().get();
  for (const before = kept(); kept() === before;) act.next();
  return act;
}
const sizesOf = (table: string) =>
  replica
    .sql(`SELECT json_array_length(input, '$.contactIds') FROM ${table} WHERE input LIKE '%Cold%' ORDER BY rowid`)
    .pluck()
    .all();

test('an act that is gone on with while it is still being cut is not cut twice', () => {
  const act = cutShort();
  const again = resumeBulkCommands(replica, identity, 10);
  for (let left = 2; left > 0;) left = [act, again].filter((walk) => !walk.next().done).length;
  expect(sizesOf('pending_write')).toEqual([10, 10, 10, 10]);
});

test('what is left of an act that the person may no longer do is given back with the reason, and holds up no other', () => {
  cutShort();
  cutShort();
  for (const _ of resumeBulkCommands(replica, { ...identity, role: 'VIEWER' }, 10));
  expect(sizesOf('refused_write')).toEqual([10, 10, 10, 10, 10, 10]);
  expect(replica.sql('SELECT count(*) FROM bulk_command').pluck().get()).toBe(0);
  const [entry] = list();
  expect(entry).toMatchObject({
    state: 'refused',
    title: 'Tag Cold added to 40 contacts',
    refusal: { code: 'forbidden', message: expect.stringContaining('Your role (viewer)') },
    bulk: { records: 40, refusedRecords: 30 },
  });
  retryWrite(replica, identity, { writeId: entry?.writeId ?? '' }, 9);
  expect(sizesOf('refused_write')).toEqual([10, 10, 10]);
});

test('however many changes are refused, the list names the oldest of them', () => {
  const insert = replica.sql(
    `INSERT INTO refused_write (write_id, name, input, made_at, unit, code, message) VALUES (?1, 'contacts.update', '{}', 1, ?1, 'forbidden', 'No.')`,
  );
  for (let i = 0; i < 600; i += 1) insert.run({ 1: `w${i}` });
  const refused = list().filter(({ state }) => state === 'refused');
  expect([refused.length, refused[0]?.writeId, refused.at(-1)?.writeId]).toEqual([500, 'w0', 'w499']);
});
