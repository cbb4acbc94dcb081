import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { PushOutbox } from './push-outbox.ts';
import { writeLocally } from './local-write.ts';

let replica: Replica;
let push: PushOutbox;
let send: (writes: { writeId: string }[]) => Promise<unknown>;
let refresh: () => Promise<boolean>;
let offline = false;
const problems: unknown[] = [];
const count = (table: string) => replica.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

beforeEach(() => {
  offline = false;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  problems.length = 0;
  replica = openReplica(':memory:');
  const writeId = crypto.randomUUID();
  writeLocally(replica, { writeId, name: 't', input: {}, madeAt: 1, unit: writeId, patches: [], marks: [] });
  push = new PushOutbox({
    replica,
    deviceId: 'd',
    protocol: () => 1,
    send: (body) => send((body as { writes: { writeId: string }[] }).writes),
    isOffline: () => offline,
    refreshToken: () => refresh(),
    onDecided: () => {},
    onProblem: (error) => problems.push(error),
    random: () => 0,
  });
});
afterEach(() => {
  push.stop();
  replica.close();
  vi.useRealTimers();
});

const accept = async (writes: { writeId: string }[]) => ({
  results: writes.map(({ writeId }) => ({ writeId, status: 'accepted', txid: '1', commitLsn: '1' })),
});

test('somebody who signs in while the old session is being given up has their outbox sent', async () => {
  send = () => Promise.reject(new AppError('unauthenticated', 'expired'));
  refresh = async () => {
    send = accept;
    push.wake(true);
    return false;
  };
  push.wake(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(count('pending_write')).toBe(0);
});

test('a write that no server can read is given back as soon as that can be written down', async () => {
  refresh = async () => true;
  send = async () => {
    replica.db.pragma('query_only = 1');
    throw new AppError('invalid_input', 'Not to be read.');
  };
  push.wake(true);
  await vi.advanceTimersByTimeAsync(0);
  expect([problems.length > 0, count('pending_write')]).toEqual([true, 1]);
  send = async () => {
    throw new AppError('invalid_input', 'Not to be read.');
  };
  replica.db.pragma('query_only = 0');
  await vi.advanceTimersByTimeAsync(2_000);
  expect([count('pending_write'), count('refused_write')]).toEqual([0, 1]);
});

test('with the line known to be down nothing is tried, so what waits can still be taken back; with the line it leaves', async () => {
  send = accept;
  offline = true;
  push.wake(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(replica.db.prepare('SELECT state FROM pending_write').pluck().get()).toBe('queued');
  offline = false;
  push.wake(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(count('pending_write')).toBe(0);
});
