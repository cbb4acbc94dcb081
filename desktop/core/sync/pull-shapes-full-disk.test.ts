import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { SimulatedServer } from '../testing/simulated-server.ts';
import { LostTrack } from './apply-messages.ts';
import { findEpoch } from './epoch.ts';
import { PullShapes } from './pull-shapes.ts';

vi.setConfig({ testTimeout: 20_000 });

let server: FakeServer;
let replica: Replica;
let pull: PullShapes;
let isFull: boolean;
let problems: string[];

beforeEach(async () => {
  server = new FakeServer();
  await server.listen();
  server.good.add('token');
  replica = openReplica(':memory:');
  isFull = false;
  problems = [];
  const { tx } = replica;
  replica.tx = (act, origin) => {
    if (isFull) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    return tx(act, origin);
  };
  pull = new PullShapes({
    replica,
    serverUrl: server.url,
    fetch,
    accessToken: async () => 'token',
    refreshToken: async () => true,
    onApplied: () => {},
    pause: async () => {},
    onEpoch: () => {},
    onProblem: (table, error) => problems.push(`${table}: ${String(error)}`),
  });
});
afterEach(async () => {
  pull.stop();
  await server.unplug();
  replica.close();
});

const soon = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
const insert = (firstName: string) =>
  ({ kind: 'insert', table: 'contacts', id: newId(), values: { firstName } }) as const;
const names = () => replica.db.prepare('SELECT first_name FROM contacts ORDER BY 1').pluck().all();

test('a disk that is full when the server turns out to be another one holds the streams up, but does not end them', async () => {
  server.commit([insert('Ada')]);
  pull.start();
  await soon(() => expect(names()).toEqual(['Ada']));
  const before = findEpoch(replica);
  const backup = new SimulatedServer();
  backup.commit([insert('Grace')]);
  isFull = true;
  let asked = 0;
  const { sql } = replica;
  replica.sql = (text) => {
    if (text.includes(`key = 'epoch'`)) asked += 1;
    return sql(text);
  };
  server.restore(backup);
  // Every stream has met the other server, in vain.
  await soon(() => expect(asked).toBeGreaterThan(2));
  expect(findEpoch(replica)).toBe(before);
  isFull = false;
  pull.wake();
  await soon(() => expect(names()).toEqual(['Grace']));
  expect(findEpoch(replica)).not.toBe(before);
});

test('a disk that is full when a table is closed to the person is told, and the table is emptied at the next try', async () => {
  server.commit([insert('Ada')]);
  pull.start();
  await soon(() => expect(names()).toEqual(['Ada']));
  pull.stop();
  isFull = true;
  server.denied.add('contacts');
  pull.start();
  await soon(() => expect(problems).toContainEqual(expect.stringMatching(/^contacts: .*disk is full/)));
  expect(names()).toEqual(['Ada']);
  isFull = false;
  pull.wake();
  await soon(() => expect(names()).toEqual([]));
});

test('a disk that is full when a table turns out to have lost track holds that table up, and it is fetched anew when there is room', async () => {
  const ada = insert('Ada');
  server.commit([ada]);
  pull.start();
  await soon(() => expect(names()).toEqual(['Ada']));
  replica.db.exec('DELETE FROM contacts');
  const { tx } = replica;
  replica.tx = (act, origin) => {
    try {
      return tx(act, origin);
    } catch (error) {
      if (error instanceof LostTrack) isFull = true;
      throw error;
    }
  };
  server.commit([{ kind: 'set', table: 'contacts', ids: [ada.id], values: { company: 'Analytical' } }]);
  await soon(() => expect(problems).toContainEqual(expect.stringMatching(/^contacts: .*disk is full/)));
  replica.tx = tx;
  isFull = false;
  pull.wake();
  await soon(() => expect(names()).toEqual(['Ada']));
});
