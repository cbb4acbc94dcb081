import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { openReplica } from '../replica/open-replica.ts';
import { writeLocally } from './local-write.ts';
import { PushOutbox } from './push-outbox.ts';

test('a disk that is full when a refusal has to be noted holds the outbox up, and the refusal is noted when there is room', async () => {
  const replica = openReplica(':memory:');
  const insert = { kind: 'insert', table: 'notes', id: 'n', values: { body: 'A note' } } as const;
  writeLocally(replica, {
    writeId: 'w',
    name: 'notes.add',
    input: {},
    madeAt: 1,
    unit: 'w',
    patches: [insert],
    marks: [],
  });
  const { tx } = replica;
  let isFull = false;
  replica.tx = (act, origin) => {
    if (isFull) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
    return tx(act, origin);
  };
  const problems: string[] = [];
  const push = new PushOutbox({
    replica,
    deviceId: 'd',
    protocol: () => 1,
    send: async () => {
      isFull = problems.length === 0;
      throw new AppError('invalid_input', 'This cannot be read.');
    },
    refreshToken: async () => true,
    onDecided: () => {},
    onProblem: (error) => problems.push(String(error)),
    random: () => 0,
  });
  push.wake(true);
  await vi.waitFor(() => expect(problems).toContainEqual(expect.stringMatching('disk is full')));
  expect(replica.db.prepare('SELECT write_id, state FROM pending_write').all()).toEqual([
    { write_id: 'w', state: 'sent' },
  ]);
  isFull = false;
  push.wake(true);
  await vi.waitFor(() =>
    expect(replica.db.prepare('SELECT write_id, code FROM refused_write').all()).toEqual([
      { write_id: 'w', code: 'invalid_input' },
    ]),
  );
  push.stop();
  replica.close();
});
