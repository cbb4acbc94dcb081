import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

const PROGRAM = fileURLToPath(new URL('server.ts', import.meta.url));
let database: TestDatabase;
const running: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => database.drop());

/** The server as a program: what it says until it is ready or gone. */
async function run(settings: Record<string, string>) {
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      ELECTRIC_URL: 'http://127.0.0.1:9',
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...settings,
    },
  });
  running.push(child);
  const said = { out: '', err: '' };
  child.stderr.on('data', (chunk) => (said.err += String(chunk)));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said.out += String(chunk);
      const url = /ready on (http:\S+)/.exec(said.out)?.[1];
      if (url) resolve(url);
    });
  });
  return { child, said, exited, first: await Promise.race([ready, exited]) };
}

test('says where it answers, and a signal ends it in order with nothing left open', async () => {
  const { child, said, exited, first } = await run({});
  expect(said.out).toBe(`Switchboard server ready on ${first}\n`);
  expect((await fetch(`${first}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  expect(said.err).toBe('');
  const left = `select 1 from pg_stat_activity where datname = current_database() and application_name = 'switchboard jobs'`;
  await vi.waitFor(async () => expect((await database.pool.query(left)).rows).toEqual([]));
});

test('a port in use is one clear line and exit code 1', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const { said, exited } = await run({ PORT: String(port) });
  expect(await exited).toBe(1);
  expect(said.err).toBe(`Port ${port} is in use by another program. Stop it, or set PORT to a free one.\n`);
  holder.close();
});

test('wrong settings are named, without a stack', async () => {
  const { said, exited } = await run({ PORT: 'lots', SERVER_ROLES: 'cook' });
  expect(await exited).toBe(1);
  expect(said.err).toMatch(/^The server's settings are wrong:\n {2}PORT: .*\n {2}SERVER_ROLES/);
  expect(said.err).not.toContain('    at ');
});

test('a database out of reach is said in words', async () => {
  const { said, exited } = await run({ DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:9/none' });
  expect(await exited).toBe(1);
  expect(said.err).toBe(
    'The database at 127.0.0.1:9 cannot be reached (ECONNREFUSED). Start it, or correct DATABASE_URL.\n',
  );
});
