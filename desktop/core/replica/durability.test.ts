import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { runCommand } from '../features/outbox/run-command.ts';
import { runBulkCommand } from '../features/outbox/bulk-command.ts';
import { retryWrite } from '../features/outbox/retry-write.ts';
import { applyBatch } from '../sync/apply-messages.ts';
import { refuseWrite } from '../sync/outbox.ts';
import { USER } from '../testing/fake-server.ts';
import { openReplica, type Replica } from './open-replica.ts';

const FULL = 2;
const NORMAL = 1;
const identity = { ...USER, role: 'OWNER' as const };
let dir: string;
let replica: Replica;
let levels: unknown[];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'durable-'));
  replica = openReplica(path.join(dir, 'replica.sqlite'), 'ab'.repeat(32));
  levels = [];
  // What the connection itself says inside every transaction that it commits.
  const { db } = replica;
  const transaction = db.transaction.bind(db);
  Object.assign(db, {
    transaction: (act: () => unknown) =>
      transaction(() => {
        levels.push(db.pragma('synchronous', { simple: true }));
        return act();
      }),
  });
});
afterEach(() => {
  replica.close();
  rmSync(dir, { recursive: true });
});

const during = async (act: () => unknown): Promise<unknown[]> => {
  levels = [];
  await act();
  return [...new Set(levels)];
};
const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: '100' } };
const fed = (firstName: string) =>
  applyBatch(
    replica,
    'contacts',
    [{ value: { id: newId(), first_name: firstName }, headers: { operation: 'insert' } }, upToDate],
    { handle: 'h', offset: '0_inf' },
    async () => {},
  );
const create = () => runCommand(replica, identity, { name: 'contacts.create', input: { firstName: 'Ada' } }, 1);

test('what a person did waits for the disk, what the server sends again anyway does not', async () => {
  expect(replica.db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(await during(create)).toEqual([FULL]);
  expect(await during(() => fed('Bea'))).toEqual([NORMAL]);
  expect(await during(create)).toEqual([FULL]);
});

test('a bulk act and what is decided about a refused write wait for the disk too', async () => {
  const { writeId } = create();
  await fed('Bea');
  expect(await during(() => refuseWrite(replica, writeId, { code: 'limit_reached', message: 'No room.' }))).toEqual([
    FULL,
  ]);
  await fed('Cy');
  expect(await during(() => retryWrite(replica, identity, { writeId }, 2))).toEqual([FULL]);
  await fed('Dee');
  const contactIds = replica.db.prepare('SELECT id FROM contacts').pluck().all() as string[];
  const bulk = { name: 'contacts.addTags', input: { contactIds, tags: ['VIP'] } };
  // The act itself; its slices are cut again from it after a power cut.
  expect((await during(() => [...runBulkCommand(replica, identity, bulk, 3)])).at(0)).toBe(FULL);
});
