import { expect, test } from 'vitest';
import type { Patch } from '../../../shared/protocol/patch.ts';
import { openReplica } from '../replica/open-replica.ts';
import { PushOutbox } from './push-outbox.ts';
import { writeLocally } from './local-write.ts';

/** Statements that a whole answer of refusals ran, by how many of them read an outbox from end to end. */
async function scansOf(patch: (id: string) => Patch): Promise<number> {
  const replica = openReplica(':memory:');
  const writeIds = Array.from({ length: 40 }, () => crypto.randomUUID());
  for (const writeId of writeIds)
    writeLocally(replica, {
      writeId,
      name: 't',
      input: {},
      madeAt: 1,
      unit: writeId,
      patches: [patch(crypto.randomUUID())],
      marks: [],
    });
  const prepare = replica.sql;
  let scans = 0;
  let deciding = false;
  const isScan = (sql: string) => {
    if (!/^\s*(SELECT|WITH)/.test(sql)) return false;
    const steps = replica.db.prepare(`EXPLAIN QUERY PLAN ${sql.replace(/\?\d*/g, 'NULL')}`).all();
    return (steps as { detail: string }[]).some(({ detail }) =>
      /^(SCAN|SEARCH) (w|pending_write)\b(?!.*=\?)/.test(detail),
    );
  };
  replica.sql = (sql) => {
    if (deciding && isScan(sql)) scans += 1;
    return prepare(sql);
  };
  await new Promise<void>((resolve) => {
    const push = new PushOutbox({
      replica,
      deviceId: 'd',
      protocol: () => 1,
      send: async () => {
        deciding = true;
        return {
          results: writeIds.map((writeId) => ({ writeId, status: 'refused', code: 'forbidden', message: 'no' })),
        };
      },
      refreshToken: async () => true,
      onDecided: () => {
        push.stop();
        resolve();
      },
      onProblem: (error) => expect.fail(String(error)),
      random: () => 0,
    });
    push.wake(true);
  });
  expect(replica.db.prepare('SELECT count(*) FROM refused_write').pluck().get()).toBe(40);
  replica.close();
  return scans;
}

test('an answer that refuses many writes does not read the outbox once for each of them', async () => {
  expect(await scansOf((id) => ({ kind: 'set', table: 'contacts', ids: [id], values: { company: 'x' } }))).toBeLessThan(
    5,
  );
  expect(await scansOf((id) => ({ kind: 'insert', table: 'contacts', id, values: { company: 'x' } }))).toBeLessThan(5);
});
