import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { openReplica } from '../open-replica.ts';
import { getReplicaTable } from '../replica-schema.ts';
import { mergeSearchStep, SearchTidy } from './tidy-search.ts';
import { upsertRow } from '../write-rows.ts';

test('an index in many pieces is merged in steps, finds the same, and then rests', () => {
  const replica = openReplica(':memory:');
  const contacts = getReplicaTable('contacts');
  // One segment a commit: what a day of single edits leaves behind.
  for (let i = 0; i < 60; i += 1)
    replica.tx(() => upsertRow(replica, contacts, { id: `c${i}`, first_name: `Ada${i}` }));
  const segments = () =>
    replica.db.prepare(`SELECT count(DISTINCT segid) FROM contacts_prefix_idx`).pluck().get() as number;
  const found = () =>
    replica.db
      .prepare(`SELECT rowid FROM contacts_prefix WHERE contacts_prefix MATCH '"ada"*' ORDER BY rowid`)
      .pluck()
      .all();
  const before = found();
  expect(segments()).toBeGreaterThan(20);
  let steps = 0;
  while (mergeSearchStep(replica, 8)) steps += 1;
  expect(steps).toBeGreaterThan(0);
  expect(segments()).toBeLessThan(5);
  expect(found()).toEqual(before);
  expect(mergeSearchStep(replica)).toBe(false);
  replica.close();
});

test('a disk that is full while the index is merged is no reason to fall over: the next pause tries again', () => {
  vi.useFakeTimers();
  const replica = openReplica(':memory:');
  const contacts = getReplicaTable('contacts');
  for (let i = 0; i < 60; i += 1)
    replica.tx(() => upsertRow(replica, contacts, { id: `c${i}`, first_name: `Ada${i}` }));
  const merged = vi.fn<() => void>();
  const told = vi.fn<(error: unknown) => void>();
  const tidy = new SearchTidy(replica, merged, told);
  const { sql } = replica;
  replica.sql = () => {
    throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  };
  tidy.later();
  vi.runAllTimers();
  expect(merged).not.toHaveBeenCalled();
  expect(told).toHaveBeenCalledOnce();
  replica.sql = sql;
  tidy.later();
  vi.runAllTimers();
  expect(merged).toHaveBeenCalled();
  tidy.stop();
  replica.close();
  vi.useRealTimers();
});
