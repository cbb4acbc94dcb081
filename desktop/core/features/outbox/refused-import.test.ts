import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../shared/kernel/ids.ts';
import { readSyncState } from '../../engine/sync-state.ts';
import { openReplica, type Replica } from '../../replica/open-replica.ts';
import { readConnectionOver } from '../../replica/read-connection.ts';
import { acceptWrite, refuseWrite, takeForPush } from '../../sync/outbox.ts';
import { USER } from '../../testing/fake-server.ts';
import { queueImport } from '../imports/queue-import.ts';
import { outboxQueries } from './outbox-queries.ts';
import { discardChange, retryWrite } from './retry-write.ts';

const identity = { ...USER, role: 'OWNER' as const };
const readParts = () => ['Ada', 'Bo', 'Cy'].map((firstName) => [{ row: 2, fields: { firstName }, tags: [] }]);
let replica: Replica;

beforeEach(() => {
  replica = openReplica(':memory:');
  queueImport(
    replica,
    identity,
    {
      id: newId(),
      fileName: 'people.csv',
      total: 3,
      duplicates: 'merge',
      kind: 'contacts',
      newStatuses: [],
      readParts,
    },
    1,
  );
});
afterEach(() => {
  replica.close();
});

const list = () =>
  outboxQueries['outbox.list'](
    { db: readConnectionOver(replica.db), now: Date.now, me: { userId: 'u', deviceId: 'd' } },
    {},
  );
const FACTS = {
  lastHeardAt: 1,
  lastFedAt: 1,
  offlineSince: null,
  onlineSince: 1,
  diskFull: false,
  standstill: null,
  notice: null,
};
const countRefused = () => readSyncState(replica, FACTS, 2).refused;
const refuse = (writeId: string) =>
  refuseWrite(replica, writeId, { code: 'limit_reached', message: 'Too many contacts.' });
const waiting = () =>
  replica.sql(`SELECT name || coalesce(input ->> '$.part', '') FROM pending_write ORDER BY seq`).pluck().all();
const ALL = ['imports.start', 'imports.addRows0', 'imports.addRows1', 'imports.addRows2', 'imports.run'];

/** The announcement alone is with the server, which refuses it. */
function refuseStart(): void {
  const [start] = takeForPush(replica, 1);
  refuse(start?.writeId ?? '');
}

test('an import that is refused is one change, with its file, and letting it go leaves nothing behind', () => {
  refuseStart();
  expect(list()).toMatchObject([
    { title: 'Import of people.csv', state: 'refused', refusal: { message: 'Too many contacts.' } },
  ]);
  expect(countRefused()).toBe(1);
  discardChange(replica, list()[0]?.writeId ?? '');
  expect([list(), countRefused()]).toEqual([[], 0]);
});

test('an import that is tried again goes in its order, and is held again as a whole when it is refused again', () => {
  refuseStart();
  retryWrite(replica, identity, { writeId: list()[0]?.writeId ?? '' }, 2);
  expect(waiting()).toEqual(ALL);
  refuseStart();
  expect([waiting(), countRefused()]).toEqual([[], 1]);
});

test('a part of a file that is refused alone is shown, and goes again with what was held because of it', () => {
  const [start, , second] = takeForPush(replica, 3);
  acceptWrite(replica, start?.writeId ?? '', 5, true);
  refuse(second?.writeId ?? '');
  expect(list()).toMatchObject([
    { title: 'Import of people.csv', state: 'refused', refusal: { message: 'Too many contacts.' } },
    { state: 'accepted' },
  ]);
  expect(waiting()).toEqual(['imports.start', 'imports.addRows0']);
  retryWrite(replica, identity, { writeId: list()[0]?.writeId ?? '' }, 2);
  expect(waiting()).toEqual(ALL);
});
