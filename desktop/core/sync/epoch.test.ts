import { expect, test } from 'vitest';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { applySlice, finishTableNow } from './apply-messages.ts';
import { enterEpoch, findEpoch } from './epoch.ts';
import { writeLocally } from './local-write.ts';
import { acceptWrite, takeForPush } from './outbox.ts';

const upToDate = (lsn: number) => ({ headers: { control: 'up-to-date', global_last_seen_lsn: String(lsn) } });
const row = (id: string, company: string) => ({
  value: { id, company },
  headers: { operation: 'insert' as const },
});
const resume = { handle: 'h', offset: '0_inf' };
const companies = (replica: Replica) => replica.db.prepare('SELECT id, company FROM contacts ORDER BY id').raw().all();

test('a server restored from a backup is followed again from lower positions, and gets what it has forgotten', () => {
  const replica = openReplica(':memory:');
  enterEpoch(replica, 'first');
  applySlice(replica, 'contacts', [row('a', 'A'), row('b', 'B'), upToDate(1_000)], resume);
  writeLocally(replica, {
    writeId: 'w1',
    name: 't',
    input: {},
    madeAt: 1,
    unit: 'w1',
    patches: [{ kind: 'set', table: 'contacts', ids: ['a'], values: { company: 'mine' } }],
    marks: [],
  });
  takeForPush(replica);
  acceptWrite(replica, 'w1', 1_010, true);
  expect(takeForPush(replica)).toEqual([]);

  // The backup is older: it lacks both the second contact and the write that was taken.
  enterEpoch(replica, 'second');
  expect(findEpoch(replica)).toBe('second');
  expect(companies(replica)).toEqual([
    ['a', 'mine'],
    ['b', 'B'],
  ]);
  expect(takeForPush(replica).map(({ writeId }) => writeId)).toEqual(['w1']);
  applySlice(replica, 'contacts', [row('a', 'A'), upToDate(500)], resume);
  finishTableNow(replica, 'contacts');
  expect(companies(replica)).toEqual([['a', 'mine']]);

  acceptWrite(replica, 'w1', 510, true);
  const echo = {
    value: { id: 'a', company: 'mine' },
    headers: { operation: 'update' as const, lsn: '510', last: true },
  };
  applySlice(replica, 'contacts', [echo, upToDate(510)], resume);
  expect(replica.db.prepare('SELECT count(*) FROM pending_write').pluck().get()).toBe(0);
  expect(companies(replica)).toEqual([['a', 'mine']]);
});

test('the first epoch that a server names changes nothing', () => {
  const replica = openReplica(':memory:');
  applySlice(replica, 'contacts', [row('a', 'A'), upToDate(1_000)], resume);
  enterEpoch(replica, 'first');
  expect(replica.db.prepare(`SELECT handle, staging, lsn FROM stream WHERE tbl = 'contacts'`).get()).toEqual({
    handle: 'h',
    staging: 0,
    lsn: 1_000,
  });
});
