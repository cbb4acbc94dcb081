import { expect, test } from 'vitest';
import { openReplica, type Replica } from '../open-replica.ts';
import { BACK_TO_SECOND } from '../../testing/older-replica.ts';
import { getReplicaTable } from '../replica-schema.ts';
import { deleteRow, updateRow, upsertRow } from '../write-rows.ts';
import { buildSearchStep, findUnbuilt, resetSearch } from './build-search.ts';
import { FTS_TABLES } from './search-index.ts';

const messages = getReplicaTable('messages');
const notes = getReplicaTable('notes');

const found = ({ db }: Replica, word: string): unknown[] =>
  db.prepare(`SELECT rowid FROM messages_text WHERE messages_text MATCH ? ORDER BY rowid`).pluck().all(word);

function assertWhole({ db }: Replica): void {
  for (const fts of FTS_TABLES) db.exec(`INSERT INTO ${fts}(${fts}, rank) VALUES ('integrity-check', 1)`);
}

/** As the version before left it: only contacts have full text. */
function olderReplica(): Buffer {
  const replica = openReplica(':memory:');
  replica.tx(() => {
    upsertRow(replica, getReplicaTable('contacts'), { id: 'ada', first_name: 'Ada' });
    for (let i = 1; i <= 5; i += 1) upsertRow(replica, messages, { id: `m${i}`, body: `text ${i}` });
  });
  for (const sql of [
    ...BACK_TO_SECOND,
    'CREATE TABLE search_progress (done INTEGER NOT NULL) STRICT',
    'INSERT INTO search_progress VALUES (9007199254740991)',
    `UPDATE local_setting SET value = 'older' WHERE key = 'contract'`,
    'PRAGMA user_version = 2',
  ])
    replica.db.exec(sql);
  const file = replica.db.serialize();
  replica.close();
  return file;
}

test('a replica of the version before opens at once, and its texts are put in step by step, the newest first', () => {
  const replica = openReplica(olderReplica());
  expect(
    replica.db.prepare(`SELECT rowid FROM contacts_prefix WHERE contacts_prefix MATCH '"ada"*'`).all(),
  ).toHaveLength(1);
  expect([findUnbuilt(replica), found(replica, 'text')]).toEqual([{ table: 'messages', lacks: 'old' }, []]);
  buildSearchStep(replica, 2);
  expect(found(replica, 'text')).toEqual([4, 5]);
  while (buildSearchStep(replica, 2));
  expect(found(replica, 'text')).toEqual([1, 2, 3, 4, 5]);
  expect(buildSearchStep(replica)).toBe(false);
  assertWhole(replica);
  replica.close();
});

test('rows that come, change and go while an index is built are in it as they are at the end', () => {
  const replica = openReplica(olderReplica());
  const write = (act: () => unknown) => replica.tx(() => void act());
  buildSearchStep(replica, 2);
  write(() => upsertRow(replica, messages, { id: 'm6', body: 'text 6' }));
  write(() => updateRow(replica, messages, 'm5', { body: 'other 5' }));
  write(() => updateRow(replica, messages, 'm1', { body: 'other 1' }));
  write(() => deleteRow(replica, messages, 'm4'));
  write(() => deleteRow(replica, messages, 'm2'));
  while (buildSearchStep(replica, 2));
  expect([found(replica, 'text'), found(replica, 'other')]).toEqual([
    [3, 6],
    [1, 5],
  ]);
  // The same afterwards, and for a row that comes and goes before it is put in.
  write(() => upsertRow(replica, messages, { id: 'm7', body: 'text 7' }));
  write(() => deleteRow(replica, messages, 'm7'));
  write(() => upsertRow(replica, notes, { id: 'n1', body: 'note' }));
  while (buildSearchStep(replica));
  expect(found(replica, 'text')).toEqual([3, 6]);
  assertWhole(replica);
  replica.close();
});

test('an index that was emptied is built anew', () => {
  const replica = openReplica(olderReplica());
  while (buildSearchStep(replica));
  replica.tx(() => resetSearch(replica, 'messages'));
  expect(found(replica, 'text')).toEqual([]);
  replica.tx(() => deleteRow(replica, messages, 'm1'));
  while (buildSearchStep(replica));
  expect(found(replica, 'text')).toEqual([2, 3, 4, 5]);
  assertWhole(replica);
  replica.close();
});
