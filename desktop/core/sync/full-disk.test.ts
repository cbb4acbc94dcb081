import { expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { toErrorBody } from '../threads/thread-link.ts';
import { applySlice, type ShapeMessage } from './apply-messages.ts';
import { writeLocally } from './local-write.ts';

/** No page more than there are now: what a full disk says of the next write. */
const fill = (replica: Replica) =>
  replica.db.pragma(`max_page_count = ${Number(replica.db.pragma('page_count', { simple: true }))}`);
const free = (replica: Replica) => replica.db.pragma('max_page_count = 1000000');

const long = 'x'.repeat(20_000);
const count = (replica: Replica, table: string) => replica.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

const writeNote = (replica: Replica) => {
  const id = newId<'note'>();
  writeLocally(replica, {
    writeId: newId(),
    name: 'notes.add',
    input: { id, body: long },
    madeAt: 1,
    unit: newId(),
    patches: [{ kind: 'insert', table: 'notes', id, values: { body: long } }],
    marks: [],
  });
};

test('a note that no longer fits on the disk is refused in words and leaves nothing half done', () => {
  const replica = openReplica(':memory:');
  writeNote(replica);
  fill(replica);
  let failure: unknown;
  try {
    writeNote(replica);
  } catch (error) {
    failure = error;
  }
  expect(toErrorBody(failure)).toMatchObject({
    code: 'limit_reached',
    message: expect.stringContaining('The disk is full'),
  });
  expect([count(replica, 'notes'), count(replica, 'pending_write'), count(replica, 'pending_base')]).toEqual([1, 1, 1]);
  free(replica);
  writeNote(replica);
  expect(count(replica, 'notes')).toBe(2);
  replica.close();
});

test('a batch that no longer fits stores neither rows nor position, and comes again when there is room', () => {
  const replica = openReplica(':memory:');
  const message: ShapeMessage = {
    value: { id: newId(), body: long },
    headers: { operation: 'insert', lsn: '120', op_position: 0, last: true },
  };
  const resume = { handle: 'h', offset: '120_0' };
  fill(replica);
  expect(() => applySlice(replica, 'notes', [message], resume)).toThrow(/full/);
  expect(replica.db.prepare(`SELECT handle, pos_lsn FROM stream WHERE tbl = 'notes'`).get()).toEqual({
    handle: null,
    pos_lsn: 0,
  });
  free(replica);
  applySlice(replica, 'notes', [message], resume);
  expect(count(replica, 'notes')).toBe(1);
  replica.close();
});
