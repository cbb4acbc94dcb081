import { expect, test } from 'vitest';
import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import { openReplica } from '../../replica/open-replica.ts';
import { applySlice, finishTableNow } from '../../sync/apply-messages.ts';
import { acceptWrite, takeForPush } from '../../sync/outbox.ts';
import { runBulkCommand } from './bulk-command.ts';
import { runCommand } from './run-command.ts';
import { takeBack } from './take-back.ts';

const identity = { userId: newId(), tenantId: newId(), role: 'AGENT' } as unknown as Identity;
const IDS = Array.from({ length: 7_000 }, () => newId<'contact'>());
const upToDate = { headers: { control: 'up-to-date', global_last_seen_lsn: '100' } };

function replicaWithContacts() {
  const replica = openReplica(':memory:');
  const rows = IDS.map((id) => ({ value: { id, first_name: 'Ada' }, headers: { operation: 'insert' as const } }));
  applySlice(replica, 'contacts', [...rows, upToDate], { handle: 'h', offset: '0_inf' });
  finishTableNow(replica, 'contacts');
  return replica;
}
type Opened = ReturnType<typeof openReplica>;
const count = (replica: Opened, table: string) => replica.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

const tag = (contactIds: string[]) => ({ name: 'contacts.addTags', input: { contactIds, tags: ['VIP'] } });

test('an act that has not left is forgotten, whether it is one write or many slices', () => {
  const replica = replicaWithContacts();
  const small = runCommand(replica, identity, tag(IDS.slice(0, 3)), 1);
  expect(count(replica, 'contact_tags')).toBe(3);
  takeBack(replica, identity, small.writeId, 2);
  expect([count(replica, 'contact_tags'), count(replica, 'pending_write')]).toEqual([0, 0]);
  const steps = runBulkCommand(replica, identity, tag(IDS), 3);
  let step = steps.next();
  while (!step.done) step = steps.next();
  expect(count(replica, 'contact_tags')).toBe(7_000);
  takeBack(replica, identity, step.value.writeId, 4);
  expect([count(replica, 'contact_tags'), count(replica, 'pending_write')]).toEqual([0, 0]);
  replica.close();
});

test('an act that is on its way says so, and one that was done is undone as an act of its own', () => {
  const replica = replicaWithContacts();
  const { writeId } = runCommand(replica, identity, tag(IDS.slice(0, 3)), 1);
  takeForPush(replica);
  expect(() => takeBack(replica, identity, writeId, 2)).toThrow('on its way');
  replica.db.exec('DELETE FROM pending_write');
  const act = newId<'act'>();
  replica.db
    .prepare(`INSERT INTO acts (id, unit, undoable, action, at) VALUES (?, ?, 1, 'contacts.addTags', 5)`)
    .run(act, writeId);
  takeBack(replica, identity, writeId, 6);
  const [undo] = replica.db.prepare('SELECT name, input FROM pending_write').all() as { name: string; input: string }[];
  expect(undo?.name).toBe('activity.undo');
  expect(JSON.parse(undo?.input ?? '')).toMatchObject({ id: act });
  replica.close();
});

/** As if the server had answered and the rows had come back. */
const confirm = (replica: Opened, writeId: string) => {
  acceptWrite(replica, writeId, 110, true);
  for (const table of ['contact_tags', 'workspace_items'])
    applySlice(replica, table, [{ headers: { control: 'up-to-date', global_last_seen_lsn: '110' } }], {
      handle: 'h',
      offset: '110_0',
    });
};
const queued = (replica: Opened) => replica.db.prepare('SELECT name FROM pending_write').pluck().all();

test.each(['is on its way', 'was saved'])(
  'of an act of which a part %s the rest is forgotten and that part is undone',
  (how) => {
    const replica = replicaWithContacts();
    const steps = runBulkCommand(replica, identity, tag(IDS), 3);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const unit = step.value.writeId;
    const [first] = takeForPush(replica, 1);
    if (how === 'was saved') confirm(replica, first?.writeId ?? '');
    takeBack(replica, identity, unit, 4);
    expect(queued(replica)).toEqual(how === 'was saved' ? ['activity.undo'] : ['contacts.addTags', 'activity.undo']);
    const undo = replica.db.prepare(`SELECT input FROM pending_write WHERE name = 'activity.undo'`).pluck().get();
    expect(JSON.parse(String(undo))).toMatchObject({ id: unit });
    replica.close();
  },
);

test('an act that is still being cut when its first slice was saved is neither cut on nor left in part', () => {
  const replica = replicaWithContacts();
  const steps = runBulkCommand(replica, identity, tag(IDS), 3, 1_000);
  while (count(replica, 'bulk_command') === 0) steps.next();
  steps.next();
  const unit = String(replica.db.prepare('SELECT unit FROM bulk_command').pluck().get());
  const [first] = takeForPush(replica, 1);
  confirm(replica, first?.writeId ?? '');
  takeBack(replica, identity, unit, 4);
  while (!steps.next().done);
  expect(queued(replica)).toEqual(['activity.undo']);
  replica.close();
});
