import { randomUUID } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startTestStack, type Person, type TestStack } from '../testing/test-stack.ts';

let proxy: Server;
let stack: TestStack;
let owner: Person;
/** A connection to Postgres that carries these bytes is cut without a word, as by a network that is gone. */
let cutAt: string | null = null;

beforeAll(async () => {
  const { hostname, port } = new URL(inject('postgresUrl'));
  proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('data', (bytes) => {
      if (cutAt !== null && bytes.includes(cutAt)) near.destroy();
      else far.write(bytes);
    });
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  stack = await startTestStack({}, (url) => {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String((proxy.address() as AddressInfo).port);
    return through.href;
  });
  owner = await stack.signUp();
});
afterAll(async () => {
  await stack.close();
  await new Promise((resolve) => proxy.close(resolve));
});

const create = (firstName: string) => ({
  writeId: randomUUID(),
  name: 'contacts.create',
  input: { id: randomUUID(), firstName },
});

test.each([
  ['alone', 0],
  ['behind others', 2],
])('a network that goes away in the middle of a write refuses nothing (%s)', async (_where, ahead) => {
  const others = Array.from({ length: ahead }, () => create('Kept'));
  const cut = create('Cut here');
  cutAt = 'Cut here';
  const results = await owner.push(...others, cut);
  cutAt = null;
  expect(results.map(({ status }) => status)).toEqual([...others.map(() => 'accepted'), 'retry']);
  expect(await stack.rows('select 1 from write_receipts where id = $1', cut.writeId)).toEqual([]);
  expect(await owner.push(cut)).toMatchObject([{ status: 'accepted' }]);
});

test('a database that only reads for a while, as one that takes over, decides nothing', async () => {
  const { pathname } = new URL(stack.database.url);
  const database = pathname.slice(1);
  await stack.rows(`alter database ${database} set default_transaction_read_only = on`);
  await stack.rows(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  const write = create('Waits');
  expect(await owner.push(write)).toMatchObject([{ status: 'retry' }]);
  await stack.rows(`begin read write; alter database ${database} reset default_transaction_read_only; commit`);
  await stack.rows(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  expect(await owner.push(write)).toMatchObject([{ status: 'accepted' }]);
});
