import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import { toColumnName, type ColumnKind } from '../../../shared/protocol/synced-table.ts';
import { contactTags } from '../features/contacts/contact-tag-table.ts';
import { groupMembers } from '../features/contacts/group-member-table.ts';
import { contacts } from '../features/contacts/contact-table.ts';
import { notes } from '../features/contacts/note-table.ts';
import { conversations } from '../features/inbox/conversation-table.ts';
import { messages } from '../features/inbox/message-table.ts';
import { metChanges } from '../features/merges/met-change-table.ts';
import { acts } from '../features/activity/act-table.ts';
import { notifications } from '../features/notifications/notification-table.ts';
import { adminItems } from '../features/people/admin-item-table.ts';
import { ownItems } from '../features/people/own-item-table.ts';
import { tasks } from '../features/tasks/task-table.ts';
import { writeReceipts } from '../features/outbox/write-receipt-table.ts';
import { workspaceItems } from '../features/workspace/workspace-item-table.ts';
import { applySlice, finishTable, finishTableNow } from '../sync/apply-messages.ts';
import { writeLocally } from '../sync/local-write.ts';
import { migrate } from './migrations.ts';
import { openReplica, type Replica } from './open-replica.ts';

const TABLES: SQLiteTable[] = [
  workspaceItems,
  contacts,
  contactTags,
  groupMembers,
  notes,
  conversations,
  messages,
  writeReceipts,
  metChanges,
  tasks,
  notifications,
  acts,
  ownItems,
  adminItems,
];
const OWN_COLUMNS = ['rid', 'name_key', 'search'];
const STORED: Record<ColumnKind, string> = {
  uuid: 'TEXT',
  text: 'TEXT',
  integer: 'INTEGER',
  cents: 'INTEGER',
  boolean: 'INTEGER',
  instant: 'INTEGER',
  json: 'TEXT',
};

let replica: Replica;
beforeEach(() => {
  replica = openReplica(':memory:');
});
afterEach(() => replica.close());

test.each(SYNCED_TABLES.map((table) => [table.name, table] as const))(
  'the columns of %s are the same in the contract, in drizzle and in SQLite itself',
  (name, table) => {
    const promised = Object.entries<ColumnKind>(table.columns).map(([key, kind]) => [toColumnName(key), STORED[kind]]);
    const stored = (replica.db.pragma(`table_info(${name})`) as { name: string; type: string }[])
      .filter((column) => !OWN_COLUMNS.includes(column.name))
      .map((column) => [column.name, column.type]);
    expect(stored).toEqual(promised);
    const drizzle = TABLES.find((one) => getTableConfig(one).name === name);
    const declared = Object.entries(drizzle ? getTableColumns(drizzle) : {}).filter(
      ([, c]) => !OWN_COLUMNS.includes(c.name),
    );
    expect(declared.map(([, column]) => [column.name, column.getSQLType().toUpperCase()])).toEqual(promised);
    expect(declared.map(([key]) => key)).toEqual(Object.keys(table.columns));
  },
);

test('a replica of a newer version is left alone, and the person is told to update', () => {
  replica.db.pragma('user_version = 99');
  expect(() => migrate(replica.db)).toThrow(/newer version/);
});

test('a crash in the middle of a first sync loses neither rows nor indexes', () => {
  const row = (i: number) => ({
    value: { id: `id-${i}`, first_name: `Ada${i}`, opted_out_at: null, created_at: '2026-01-02 01:04:05.678+00' },
    headers: { operation: 'insert' as const },
  });
  const rows = Array.from({ length: 300 }, (_, i) => row(i));
  applySlice(replica, 'contacts', rows.slice(0, 200), { handle: 'h', offset: '0_0' });
  const indexes = () =>
    replica.db
      .prepare(`SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'contacts' AND name LIKE 'contacts_by%'`)
      .pluck();
  expect(indexes().get()).toBe(0);
  expect(replica.db.prepare(`SELECT bulk FROM stream WHERE tbl = 'contacts'`).pluck().get()).toBe(1);
  // What a reopened replica finds is all there is: nothing of this is remembered outside the file.
  const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: '10' } };
  applySlice(replica, 'contacts', [...rows.slice(200), upToDate], { handle: 'h', offset: '0_inf' });
  finishTableNow(replica, 'contacts');
  expect(indexes().get()).toBe(8);
  const found = replica.db.prepare(`SELECT count(*) FROM contacts_prefix WHERE contacts_prefix MATCH '"ada"*'`).pluck();
  expect(found.get()).toBe(300);
  expect(replica.db.prepare('SELECT DISTINCT created_at FROM contacts').pluck().all()).toEqual([1767315845678]);
  for (const fts of ['contacts_prefix', 'contacts_trigram'])
    replica.db.exec(`INSERT INTO ${fts}(${fts}, rank) VALUES ('integrity-check', 1)`);
});

test('edits made while indexes and full text are being built are in them', () => {
  const rows = Array.from({ length: 25_000 }, (_, i) => ({
    value: { id: `id-${i}`, first_name: `Ada${i}` },
    headers: { operation: 'insert' as const },
  }));
  const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: '10' } };
  applySlice(replica, 'contacts', [...rows, upToDate], { handle: 'h', offset: '0_inf' });
  let steps = 0;
  const write = (patch: Parameters<typeof writeLocally>[1]['patches'][number]) => {
    const writeId = `w${steps}-${patch.kind}-${String('id' in patch ? patch.id : patch.ids)}`;
    writeLocally(replica, { writeId, name: 't', input: {}, madeAt: 1, unit: writeId, patches: [patch], marks: [] });
  };
  for (const _ of finishTable(replica, 'contacts')) {
    steps += 1;
    // One row that is in the index already, one that is not yet.
    for (const id of [`id-${steps}`, `id-${24_000 + steps}`])
      write({ kind: 'set', table: 'contacts', ids: [id], values: { firstName: `Grace${steps}` } });
    write({ kind: 'delete', table: 'contacts', ids: [`id-${100 + steps}`] });
    write({ kind: 'insert', table: 'contacts', id: `new-${steps}`, values: { firstName: `Grace${steps}` } });
  }
  expect(steps).toBeGreaterThan(6);
  const found = replica.db
    .prepare(`SELECT count(*) FROM contacts_prefix WHERE contacts_prefix MATCH '"grace"*'`)
    .pluck();
  expect(found.get()).toBe(3 * steps);
  for (const fts of ['contacts_prefix', 'contacts_trigram'])
    replica.db.exec(`INSERT INTO ${fts}(${fts}, rank) VALUES ('integrity-check', 1)`);
});

test('an idle stream writes nothing', () => {
  const idle = [{ headers: { control: 'up-to-date', global_last_seen_lsn: '10' } }];
  applySlice(replica, 'notes', idle, { handle: 'h', offset: '1_0' });
  const changes = () => replica.db.prepare('SELECT total_changes()').pluck().get();
  const before = changes();
  applySlice(replica, 'notes', idle, { handle: 'h', offset: '1_0' });
  expect(changes()).toBe(before);
});
