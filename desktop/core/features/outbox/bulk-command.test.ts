import { expect, test } from 'vitest';
import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { openReplica } from '../../replica/open-replica.ts';
import { applySlice, finishTableNow } from '../../sync/apply-messages.ts';
import { acceptWrite, takeForPush } from '../../sync/outbox.ts';
import { resumeBulkCommands, runBulkCommand } from './bulk-command.ts';

const identity = {
  userId: newId(),
  tenantId: newId(),
  role: 'AGENT',
} as unknown as Identity;
const IDS = Array.from({ length: 12_000 }, () => newId<'contact'>());
const upToDate = (lsn: number) => ({ headers: { control: 'up-to-date', global_last_seen_lsn: String(lsn) } });

function replicaWithContacts() {
  const replica = openReplica(':memory:');
  const rows = IDS.map((id) => ({ value: { id, first_name: 'Ada' }, headers: { operation: 'insert' as const } }));
  applySlice(replica, 'contacts', [...rows, upToDate(100)], { handle: 'h', offset: '0_inf' });
  finishTableNow(replica, 'contacts');
  return replica;
}
const count = (replica: ReturnType<typeof openReplica>, table: string) =>
  replica.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const shuffled = IDS.toSorted(() => 0.5 - Math.random());
const command = { name: 'contacts.addTags', input: { contactIds: shuffled, tags: ['VIP'] } };

test('a tag on twelve thousand contacts is one unit in three writes, shown at once and gone from the outbox when confirmed', () => {
  const replica = replicaWithContacts();
  for (const _ of runBulkCommand(replica, identity, command, 1));
  expect(count(replica, 'contact_tags')).toBe(12_000);
  const writes = takeForPush(replica);
  expect(writes.map(({ input }) => (input as { contactIds: string[] }).contactIds.length)).toEqual([
    5_000, 5_000, 2_000,
  ]);
  expect(writes.flatMap(({ input }) => (input as { contactIds: string[] }).contactIds)).toEqual(IDS);
  // The server is told that they are one act.
  expect(new Set(writes.map(({ unit }) => unit))).toEqual(
    new Set(replica.db.prepare('SELECT unit FROM pending_write').pluck().all()),
  );
  expect(new Set(writes.map(({ unit }) => unit)).size).toBe(1);
  // The server's rows come back with a time of its own, and confirm the writes.
  const tags = replica.db.prepare('SELECT id, contact_id, tag_id FROM contact_tags').all() as Record<string, string>[];
  writes.forEach(({ writeId }, i) => acceptWrite(replica, writeId, 110 + i, true));
  const echo = tags.map((value, i) => ({
    value: { ...value, created_at: '2026-01-02 01:04:05.678+00' },
    headers: { operation: 'insert' as const, lsn: '112', op_position: i },
  }));
  applySlice(replica, 'contact_tags', [...echo, upToDate(112)], { handle: 'h', offset: '112_0' });
  applySlice(replica, 'workspace_items', [upToDate(112)], { handle: 'h', offset: '112_0' });
  for (const table of [
    'pending_write',
    'pending_patch',
    'pending_target',
    'pending_base',
    'write_mark',
    'bulk_command',
  ])
    expect(count(replica, table), table).toBe(0);
  expect(replica.db.prepare('SELECT DISTINCT created_at FROM contact_tags').pluck().all()).toEqual([1767315845678]);
});

test('an act that was cut short goes on where it stopped', () => {
  const replica = replicaWithContacts();
  const steps = runBulkCommand(replica, identity, command, 1);
  while (count(replica, 'bulk_command') === 0) steps.next();
  const reopened = openReplica(replica.db.serialize());
  expect(count(reopened, 'contact_tags')).toBe(5_000);
  for (const _ of resumeBulkCommands(reopened, identity));
  expect(count(reopened, 'contact_tags')).toBe(12_000);
  expect(count(reopened, 'pending_write')).toBe(3);
  expect(count(reopened, 'bulk_command')).toBe(0);
});

test('an act that is not allowed keeps nothing', () => {
  const replica = replicaWithContacts();
  const steps = runBulkCommand(replica, { ...identity, role: 'VIEWER' }, command, 1);
  expect(() => [...steps]).toThrow(/may not do this/);
  expect(count(replica, 'bulk_command')).toBe(0);
  expect(count(replica, 'pending_write')).toBe(0);
});
