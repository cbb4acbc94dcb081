import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readEnv } from '../../env.ts';
import { startServer } from '../../server.ts';
import { startTestStack, type Person, type TestStack } from '../../testing/test-stack.ts';

let stack: TestStack;
let owner: Person;
beforeAll(async () => {
  // No worker runs here: what is enqueued stays where the test puts it.
  stack = await startTestStack();
  owner = await stack.signUp();
});
afterAll(() => stack.close());

const progress = async (id: string) =>
  (await stack.rows('select status, processed, created, undone, message from import_jobs where id = $1', id))[0];

/** The waiting job of an import. */
async function jobOf(id: string, name: string): Promise<string> {
  const [job] = await stack.rows<{ id: string }>(
    `select id from pgboss.job where data ->> 'importId' = $1 and name = $2 and state = 'created'`,
    id,
    name,
  );
  return job?.id ?? 'none';
}

const cancel = async (jobId: string) => (await owner.call('POST', `/jobs/${jobId}/cancel`)).status;

async function withWorker(until: () => Promise<void>): Promise<void> {
  const settings = { PORT: '0', LOG_LEVEL: 'fatal', DATABASE_URL: stack.database.url, SERVER_ROLES: 'worker' };
  const worker = await startServer(readEnv({ ...settings, SECRETS_KEY: 'ab'.repeat(32) }));
  try {
    await vi.waitFor(until, { timeout: 20_000, interval: 50 });
  } finally {
    await worker.close();
  }
}

test('an import whose job is cancelled says how far it came, goes on when told to, and is undone in as many goes as it takes', async () => {
  const id = randomUUID();
  const rows = (part: number) =>
    [0, 1].map((i) => ({ row: part * 2 + i + 2, fields: { firstName: `Cut ${part}${i}` }, tags: [] }));
  await owner.push(
    { name: 'imports.start', input: { id, fileName: 'a.csv', total: 4, duplicates: 'merge' } },
    { name: 'imports.addRows', input: { id, part: 0, rows: rows(0) } },
    { name: 'imports.addRows', input: { id, part: 1, rows: rows(1) } },
    { name: 'imports.run', input: { id } },
  );
  // As a worker leaves it that stopped between the two parts and waits to try again.
  await stack.rows('update import_rows set done = true where import_id = $1 and part = 0', id);
  await stack.rows('update import_jobs set processed = 2, skipped = 2 where id = $1', id);

  expect(await cancel(await jobOf(id, 'imports.run'))).toBe(200);
  const cut = 'Cancelled after 2 of 4 rows. Those stay imported; go on with the rest, or undo.';
  expect(await progress(id)).toEqual({ status: 'paused', processed: 2, created: 0, undone: false, message: cut });
  expect(await stack.rows(`select user_id, after from audit_log where action = 'imports.cancel'`)).toEqual([
    { user_id: owner.userId, after: { processed: 2, total: 4 } },
  ]);

  await owner.push({ name: 'imports.run', input: { id } });
  await withWorker(async () => expect(await progress(id)).toMatchObject({ status: 'done', processed: 4, created: 2 }));

  await owner.push({ name: 'imports.undo', input: { id } });
  expect(await cancel(await jobOf(id, 'imports.undo'))).toBe(200);
  expect(await progress(id)).toMatchObject({
    status: 'failed',
    undone: true,
    message: 'Undoing was cancelled before its end. What is left of the import stays; undo again to delete it.',
  });
  // Who was worked with in between stays, though the undoing that deletes the rest came later.
  const touched = (await owner.call('GET', '/contacts?search=cut%2010')).body.data[0].id;
  await owner.push({ name: 'contacts.update', input: { id: touched, company: 'Mine now' } });
  await owner.push({ name: 'imports.undo', input: { id } });
  await withWorker(async () =>
    expect(await progress(id)).toMatchObject({
      status: 'done',
      message: 'Undone: 1 contacts were deleted. 1 were kept because somebody has worked with them since.',
    }),
  );
});

test('a job that is cancelled after its import was paused leaves it paused', async () => {
  const id = randomUUID();
  await owner.push(
    { name: 'imports.start', input: { id, fileName: 'b.csv', total: 1, duplicates: 'merge' } },
    { name: 'imports.addRows', input: { id, part: 0, rows: [{ row: 2, fields: { firstName: 'P' }, tags: [] }] } },
    { name: 'imports.run', input: { id } },
    { name: 'imports.pause', input: { id } },
  );
  expect(await cancel(await jobOf(id, 'imports.run'))).toBe(200);
  expect(await progress(id)).toMatchObject({ status: 'paused', message: null });
});
