import { expect, test } from 'vitest';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { applySlice, fetchAnew, finishTable } from './apply-messages.ts';
import { writeLocally } from './local-write.ts';
import { acceptWrite, refuseWrite, takeForPush } from './outbox.ts';

const upToDate = (lsn: number) => ({ headers: { control: 'up-to-date', global_last_seen_lsn: String(lsn) } });
const row = (id: string, company: string, phone: string) => ({
  value: { id, company, phone },
  headers: { operation: 'insert' as const },
});
const resume = { handle: 'h', offset: '0_inf' };

function write(replica: Replica, writeId: string, ...patches: Patch[]): void {
  writeLocally(replica, { writeId, name: 't', input: {}, madeAt: 1, unit: writeId, patches, marks: [] });
}
const set = (id: string, company: string): Patch => ({
  kind: 'set',
  table: 'contacts',
  ids: [id],
  values: { company },
});
const shown = (replica: Replica) =>
  replica.db.prepare('SELECT id, company, phone FROM contacts ORDER BY id').raw().all() as string[][];

/** Three rows with edits under way on two of them, and a whole new copy that has only taken the place of the first row. */
function halfMerged() {
  const replica = openReplica(':memory:');
  applySlice(replica, 'contacts', [row('a', 'A', '1'), row('b', 'B', '1'), row('c', 'C', '1'), upToDate(100)], resume);
  write(replica, 'w1', set('a', 'mine'));
  write(replica, 'w2', set('b', 'mine'));
  takeForPush(replica);
  applySlice(replica, 'contacts', [{ headers: { control: 'must-refetch' } }], { handle: null, offset: null });
  // Both were taken at 110 and changed by somebody else at 120.
  applySlice(
    replica,
    'contacts',
    [row('a', 'theirs', '2'), row('b', 'theirs', '2'), row('d', 'D', '2'), upToDate(130)],
    resume,
  );
  const steps = finishTable(replica, 'contacts', 1);
  steps.next();
  return { replica, finish: () => [...steps] };
}

test('a write that is confirmed or refused while a copy takes over ends on the new row, not on the old one', () => {
  const { replica, finish } = halfMerged();
  acceptWrite(replica, 'w1', 110, true);
  refuseWrite(replica, 'w2', { code: 'conflict', message: 'no' });
  expect(shown(replica)).toEqual([
    ['a', 'theirs', '2'],
    ['b', 'theirs', '2'],
    ['c', 'C', '1'],
  ]);
  finish();
  expect(shown(replica)).toEqual([
    ['a', 'theirs', '2'],
    ['b', 'theirs', '2'],
    ['d', 'D', '2'],
  ]);
  expect(replica.db.prepare('SELECT * FROM pending_base').all()).toEqual([]);
});

test('an edit made while a copy takes over stands on the new row', () => {
  const { replica, finish } = halfMerged();
  write(replica, 'w3', set('c', 'late'), set('d', 'late'));
  finish();
  expect(shown(replica)).toEqual([
    ['a', 'mine', '2'],
    ['b', 'mine', '2'],
    ['d', 'late', '2'],
  ]);
  refuseWrite(replica, 'w3', { code: 'conflict', message: 'no' });
  expect(shown(replica)).toEqual([
    ['a', 'mine', '2'],
    ['b', 'mine', '2'],
    ['d', 'D', '2'],
  ]);
});

test('a crash while a copy takes over begins the steps again', () => {
  const { replica } = halfMerged();
  const reopened = openReplica(replica.db.serialize());
  expect([...reopened.merging]).toEqual(['contacts']);
  for (const _ of finishTable(reopened, 'contacts'));
  expect(shown(reopened)).toEqual([
    ['a', 'mine', '2'],
    ['b', 'mine', '2'],
    ['d', 'D', '2'],
  ]);
  expect(reopened.merging.size).toBe(0);
});

test('steps that somebody else has finished end before they meet the next copy', () => {
  const { replica, finish } = halfMerged();
  // The table is fetched anew meanwhile, which finishes the merge under way; half of the next copy is here.
  fetchAnew(replica, 'contacts');
  applySlice(replica, 'contacts', [row('a', 'newest', '3')], resume);
  expect(finish()).toEqual([]);
  applySlice(replica, 'contacts', [row('e', 'E', '3'), upToDate(200)], resume);
  for (const _ of finishTable(replica, 'contacts', 1));
  expect(shown(replica)).toEqual([
    ['a', 'mine', '3'],
    ['e', 'E', '3'],
  ]);
});
