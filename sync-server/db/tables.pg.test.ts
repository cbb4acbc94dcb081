import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYNCED_TABLES } from '../../shared/catalog/synced-tables.ts';
import { toColumnName, type ColumnKind } from '../../shared/protocol/synced-table.ts';
import { devices } from '../features/auth/device-table.ts';
import { refreshTokens } from '../features/auth/sessions/refresh-token-table.ts';
import { users } from '../features/auth/user-table.ts';
import { groupMembers } from '../features/contacts/groups/group-member-table.ts';
import { consents } from '../features/contacts/consents/consent-table.ts';
import { contactMerges } from '../features/contacts/merge/contact-merge-table.ts';
import { contactViews } from '../features/contacts/views/contact-view-table.ts';
import { contactVisits } from '../features/contacts/visits/contact-visit-table.ts';
import { contacts } from '../features/contacts/contact-table.ts';
import { notes } from '../features/contacts/notes/note-table.ts';
import { contactTags } from '../features/contacts/tags/contact-tag-table.ts';
import { tags } from '../features/contacts/tags/tag-table.ts';
import { importJobs } from '../features/imports/import-job-table.ts';
import { importProblems } from '../features/imports/import-problem-table.ts';
import { importRows } from '../features/imports/import-row-table.ts';
import { metChanges } from '../features/merges/met-change-table.ts';
import { conversations } from '../features/inbox/conversation-table.ts';
import { messages } from '../features/inbox/message-table.ts';
import { webhookEvents } from '../features/inbox/webhook-event-table.ts';
import { phoneNumbers } from '../features/workspace/phone-number-table.ts';
import { tenants } from '../features/workspace/tenant-table.ts';
import { workspaceItems } from '../features/workspace/workspace-item-table.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { acts } from '../features/activity/act-table.ts';
import { notifications } from '../features/notifications/notification-table.ts';
import { tasks } from '../features/tasks/task-table.ts';
import { adminItems } from '../features/workspace/admin-item-table.ts';
import { ownItems } from '../features/workspace/own-item-table.ts';
import { auditLog } from './audit/audit-log-table.ts';
import journal from './migrations/meta/_journal.json' with { type: 'json' };
import { migrateDatabase } from './migrate.ts';
import { trash } from './trash-table.ts';
import { writeReceipts } from './write-receipts-table.ts';

const TABLES: PgTable[] = [
  acts,
  adminItems,
  auditLog,
  consents,
  contactMerges,
  contacts,
  contactTags,
  contactViews,
  contactVisits,
  groupMembers,
  conversations,
  devices,
  importJobs,
  importProblems,
  importRows,
  messages,
  metChanges,
  notes,
  notifications,
  ownItems,
  phoneNumbers,
  refreshTokens,
  tags,
  tasks,
  tenants,
  trash,
  users,
  webhookEvents,
  workspaceItems,
  writeReceipts,
];

const SQL_TYPE: Record<ColumnKind, string> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'integer',
  cents: 'bigint',
  boolean: 'boolean',
  instant: 'timestamp(3) with time zone',
  json: 'jsonb',
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** name → [type, not null], as the migrated database has them. */
async function realColumns(table: string): Promise<Record<string, [string, boolean]>> {
  const { rows } = await database.pool.query<{ name: string; type: string; required: boolean }>(
    `select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  );
  return Object.fromEntries(rows.map(({ name, type, required }) => [name, [type, required]]));
}

describe.each(TABLES.map((table): [string, Table] => [getTableName(table), table]))('%s', (name, table) => {
  test('is in the database as the program declares it', async () => {
    const declared = Object.values(getTableColumns(table)).map((column) => [
      column.name,
      [column.getSQLType().replace('timestamp (3)', 'timestamp(3)'), column.notNull],
    ]);
    expect(await realColumns(name)).toEqual(Object.fromEntries(declared));
  });
});

describe.each(SYNCED_TABLES.map((synced) => [synced.name, synced] as const))('synced table %s', (name, synced) => {
  test('has every column that travels, of its kind, under its name', async () => {
    const real = await realColumns(name);
    const travelling = Object.entries(synced.columns).map(([key, kind]) => [toColumnName(key), SQL_TYPE[kind]]);
    const found = travelling.map(([column]) => [column, real[column ?? '']?.[0]]);
    expect(found).toEqual(travelling);
  });

  test('has the same keys in the program', () => {
    const table = TABLES.find((t) => getTableName(t) === name);
    expect(table && Object.keys(getTableColumns(table))).toEqual(expect.arrayContaining(Object.keys(synced.columns)));
  });

  test('gives its whole old row to replication, has a uuid key and belongs to a tenant', async () => {
    const { rows } = await database.pool.query<{ identity: string }>(
      'select relreplident as identity from pg_class where oid = $1::regclass',
      [name],
    );
    expect(rows).toEqual([{ identity: 'f' }]);
    const table = TABLES.find((t) => getTableName(t) === name);
    expect(table && getTableConfig(table).columns.find((c) => c.primary)?.name).toBe('id');
    expect(await realColumns(name)).toHaveProperty('tenant_id', ['uuid', true]);
  });
});

test('migrating a migrated database changes nothing, also from several servers at once', async () => {
  await Promise.all([1, 2, 3].map(() => migrateDatabase(database.pool)));
  const { rows } = await database.pool.query('select count(*)::int as n from drizzle.__drizzle_migrations');
  expect(rows).toEqual([{ n: journal.entries.length }]);
});
