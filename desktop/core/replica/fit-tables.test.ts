import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { applySlice, finishTableNow } from '../sync/apply-messages.ts';
import { writeLocally } from '../sync/local-write.ts';
import { openReplica } from './open-replica.ts';
import { SYNC_TABLES } from './sync-schema.ts';

const upToDate = (lsn: number) => ({ headers: { control: 'up-to-date', global_last_seen_lsn: String(lsn) } });
const contact = (id: string, cells: Record<string, string>) => ({
  value: { id, ...cells },
  headers: { operation: 'insert' as const },
});

/** A replica as the version before left it: two columns and an index fewer, an edit and a new contact still unsent. */
function olderReplica(): Buffer {
  const replica = openReplica(':memory:');
  applySlice(
    replica,
    'contacts',
    [contact('ada', { first_name: 'Ada', company: 'Larkspur' }), contact('bo', { first_name: 'Bo' }), upToDate(100)],
    { handle: 'h1', offset: '0_inf' },
  );
  const write = { name: 'contacts.update', input: {}, madeAt: 1, marks: [] };
  writeLocally(replica, {
    ...write,
    writeId: 'w1',
    unit: 'w1',
    patches: [{ kind: 'set', table: 'contacts', ids: ['ada'], values: { company: 'Mine' } }],
  });
  writeLocally(replica, {
    ...write,
    writeId: 'w2',
    unit: 'w2',
    patches: [{ kind: 'insert', table: 'contacts', id: 'cy', values: { firstName: 'Cy' } }],
  });
  for (const sql of [
    'DROP INDEX contacts_by_score',
    'CREATE INDEX contacts_by_locale ON contacts(company)',
    'ALTER TABLE contacts DROP COLUMN timezone',
    'ALTER TABLE contacts__stage DROP COLUMN timezone',
    'DROP TABLE messages',
    'DROP TABLE messages__stage',
    `DELETE FROM stream WHERE tbl = 'messages'`,
    `UPDATE local_setting SET value = 'older' WHERE key = 'contract'`,
  ])
    replica.db.exec(sql);
  const file = replica.db.serialize();
  replica.close();
  return file;
}

test('an update of the app brings new columns, tables and indexes without losing a row or an unsent edit', () => {
  const replica = openReplica(olderReplica());
  const rows = () => replica.db.prepare('SELECT id, first_name, company, timezone FROM contacts ORDER BY id').all();
  expect(rows()).toEqual([
    { id: 'ada', first_name: 'Ada', company: 'Mine', timezone: null },
    { id: 'bo', first_name: 'Bo', company: null, timezone: null },
    { id: 'cy', first_name: 'Cy', company: null, timezone: null },
  ]);
  const indexes = replica.db.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'contacts_by%'`,
  );
  expect(indexes.pluck().all()).toContain('contacts_by_score');
  expect(indexes.pluck().all()).not.toContain('contacts_by_locale');
  expect(
    replica.db
      .prepare(`SELECT handle, staging, ready FROM stream WHERE tbl IN ('contacts', 'messages') ORDER BY tbl`)
      .all(),
  ).toEqual([
    { handle: null, staging: 1, ready: 1 },
    { handle: null, staging: 0, ready: 0 },
  ]);
  // The table comes again with the new column, and is merged under the unsent edits.
  applySlice(
    replica,
    'contacts',
    [
      contact('ada', { first_name: 'Ada', company: 'Larkspur', timezone: 'Europe/Berlin' }),
      contact('bo', { first_name: 'Bo' }),
      upToDate(120),
    ],
    { handle: 'h2', offset: '0_inf' },
  );
  finishTableNow(replica, 'contacts');
  expect(rows()).toEqual([
    { id: 'ada', first_name: 'Ada', company: 'Mine', timezone: 'Europe/Berlin' },
    { id: 'bo', first_name: 'Bo', company: null, timezone: null },
    { id: 'cy', first_name: 'Cy', company: null, timezone: null },
  ]);
  expect(replica.db.prepare('SELECT write_id FROM pending_write ORDER BY seq').pluck().all()).toEqual(['w1', 'w2']);
  replica.close();
});

test('a replica of the first version is opened with its outbox', () => {
  const old = new Database(':memory:');
  for (const sql of SYNC_TABLES) old.exec(sql);
  old.exec(
    `INSERT INTO pending_write (write_id, name, input, made_at, unit) VALUES ('w1', 'imports.addRows', '{}', 1, 'i1')`,
  );
  old.exec(`INSERT INTO pending_base VALUES ('contacts', 'ada', NULL)`);
  old.pragma('user_version = 1');
  const replica = openReplica(old.serialize());
  expect(replica.db.prepare('SELECT write_id, chained, based_on FROM pending_write').all()).toEqual([
    { write_id: 'w1', chained: 1, based_on: null },
  ]);
  expect(replica.db.prepare('SELECT tbl, id, image, same FROM pending_base').all()).toEqual([
    { tbl: 'contacts', id: 'ada', image: null, same: 0 },
  ]);
  replica.close();
});

test('a file that this version cannot open is let go of, so that it can be put aside', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'replica-'));
  const file = path.join(dir, 'replica.sqlite');
  openReplica(file).close();
  const newer = new Database(file);
  newer.pragma('user_version = 99');
  newer.close();
  expect(() => openReplica(file)).toThrow('written by a newer version');
  // Only the last connection to a file may change how it keeps its log.
  const alone = new Database(file, { timeout: 0 });
  expect(alone.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
  alone.close();
  rmSync(dir, { recursive: true });
});
