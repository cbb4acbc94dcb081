import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../shared/kernel/ids.ts';
import { JOB_KINDS } from '../../compose.ts';
import { readEnv } from '../../env.ts';
import { openJobs } from '../../jobs/queue.ts';
import { startServer } from '../../server.ts';
import { readEpoch } from '../../shapes/database-epoch.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { restoringDirOf, RESTORED_MARK, startEmbeddedPostgres } from '../embedded-postgres.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const NOTE = 'Line one\nline two\\.\n\\.\n\ttab, "quotes", \u0001, Ünï, 🙂';
let stack: TestStack;
let dir: string;
let file: string;
let before: Record<string, string>;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchboard-backup-'));
  chmodSync(dir, 0o711);
  file = path.join(dir, 'one.backup');
  stack = await startTestStack();
  const owner = await stack.signUp();
  const id = newId();
  await owner.push({ name: 'contacts.create', input: { id, firstName: 'Ada' } });
  await owner.push({ name: 'notes.add', input: { id: newId(), contactId: id, body: NOTE } });
  // With jobs that wait, and with the server at work.
  await stack.rows(`insert into tenants (id, name, country, created_at) values ($1, $2, 'US', now())`, newId(), '\\.');
  // More than one packet and one buffer of everything on the way.
  await stack.rows(
    `insert into contacts (id, tenant_id, first_name, company, name_key, search, created_at, updated_at)
     select gen_random_uuid(), $1, 'Person ' || i, repeat(md5(i::text) || 'Ünï', 20), i::text, '', now(), now() from generate_series(1, 20000) i`,
    owner.tenantId,
  );
  before = await readAll(stack.database.url);
  await writeBackup(stack.database.url, file, null, readEpoch);
}, 120_000);
afterAll(async () => {
  await stack.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Every row of every table of ours, as text. */
async function readAll(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const all: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(
        `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as text from ${name} t`,
      );
      all[name] = rows[0]?.text ?? '';
    }
    return all;
  } finally {
    await client.end();
  }
}

const restore = (dataDir: string, from = file, passphrase: string | null = null) =>
  restoreBackup({
    file: from,
    passphrase,
    postgresDir: path.join(dataDir, 'postgres'),
    prepareJobs: async (url) => (await openJobs(url, JOB_KINDS, pino({ level: 'silent' }))).close(),
    now: new Date('2026-11-21T10:00:00Z'),
  });

function newDataDir(): string {
  const made = mkdtempSync(path.join(dir, 'data-'));
  chmodSync(made, 0o711);
  return made;
}

async function within<T>(dataDir: string, act: (url: string) => Promise<T>): Promise<T> {
  const database = await startEmbeddedPostgres(path.join(dataDir, 'postgres'));
  try {
    return await act(database.url);
  } finally {
    await database.stop();
  }
}

test('a backup that was taken while the server worked becomes the same rows in a fresh place, with another history', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(before['public.notes']).toContain('line two');
  const dataDir = newDataDir();
  const { keptAside, manifest } = await restore(dataDir);
  expect(keptAside).toBeNull();
  await within(dataDir, async (url) => {
    expect(await readAll(url)).toEqual(before);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    expect(await readEpoch(client as never)).not.toBe(manifest.epoch);
    // References and triggers are at work again.
    await expect(
      client.query(
        `insert into notes (id, tenant_id, contact_id, body, created_at, updated_at) values ($1, $1, $1, 'x', now(), now())`,
        [newId()],
      ),
    ).rejects.toThrow(/foreign key/);
    await client.end();
  });
}, 120_000);

test('over another database that one is kept aside, people sign in as before, and a desktop hears of the new history', async () => {
  const dataDir = newDataDir();
  const env = readEnv({ PORT: '0', LOG_LEVEL: 'fatal', DATA_DIR: dataDir });
  const first = await startServer(env);
  const signIn = (url: string) =>
    fetch(`${url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@demo.test', password: 'demo-password', deviceId: crypto.randomUUID() }),
    });
  const asked = async (url: string) => {
    const { data } = (await (await signIn(url)).json()) as { data: { accessToken: string } };
    const shape = await fetch(`${url}/api/shapes/contacts?offset=-1`, {
      headers: { authorization: `Bearer ${data.accessToken}` },
    });
    return [shape.status, shape.headers.get('switchboard-epoch')];
  };
  const [, epoch] = await asked(first.url);
  expect(epoch).toMatch(/^\d+-\d+-\d+$/);
  const own = path.join(dir, 'own.backup');
  await writeBackup(readFileSync(path.join(dataDir, 'postgres', 'url'), 'utf8'), own, null, readEpoch);
  await expect(restore(dataDir, own)).rejects.toThrow(/works on .*Nothing was changed. Stop it/);
  await first.close();

  const { keptAside } = await restore(dataDir, own);
  expect(keptAside).toBe(path.join(dataDir, 'postgres.before-restore-2026-11-21T10-00-00-000Z'));
  expect(existsSync(path.join(keptAside ?? '', 'cluster', 'PG_VERSION'))).toBe(true);
  const second = await startServer(env);
  const [status, epochAfter] = await asked(second.url);
  expect(status).toBe(200);
  expect(epochAfter).not.toBe(epoch);
  await second.close();
}, 180_000);

test('a passphrase closes it: no text in it can be read, and without the right one nothing is touched', async () => {
  const closed = path.join(dir, 'closed.backup');
  await writeBackup(stack.database.url, closed, 'correct horse', readEpoch);
  const dataDir = newDataDir();
  await expect(restore(dataDir, closed)).rejects.toThrow(/encrypted.*BACKUP_PASSPHRASE/);
  await expect(restore(dataDir, closed, 'wrong')).rejects.toThrow('The passphrase is not the one of this backup');
  expect(readdirSync(dataDir)).toEqual([]);
  await restore(dataDir, closed, 'correct horse');
  await within(dataDir, async (url) => expect((await readAll(url))['public.notes']).toBe(before['public.notes']));
}, 120_000);

test('what is damaged, no backup at all or made by a newer version is refused in words, and the old database stays', async () => {
  const dataDir = newDataDir();
  await restore(dataDir);
  const bytes = readFileSync(file);
  const broken = path.join(dir, 'broken.backup');
  const flipped = Buffer.from(bytes);
  flipped[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
  for (const [damage, words] of [
    [flipped, /damaged/],
    [bytes.subarray(0, bytes.length - 100), /damaged/],
    [Buffer.from('PK nothing of ours'), /no backup of Switchboard/],
    [Buffer.from(bytes.toString('latin1').replace('"format":1', '"format":9'), 'latin1'), /newer Switchboard/],
  ] as const) {
    writeFileSync(broken, damage);
    await expect(restore(dataDir, broken)).rejects.toThrow(words);
  }
  const newer = path.join(dir, 'newer.backup');
  await stack.rows(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 9999999999999)`);
  await writeBackup(stack.database.url, newer, null, readEpoch);
  await stack.rows(`delete from drizzle.__drizzle_migrations where hash = 'of tomorrow'`);
  await expect(restore(dataDir, newer)).rejects.toThrow(/made by a newer Switchboard/);
  expect(readdirSync(dataDir)).toEqual(['postgres']);
  await within(dataDir, async (url) => expect(await readAll(url)).toEqual(before));
}, 120_000);

test('a restore that was cut off between its two last steps is ended by the next start', async () => {
  const dataDir = newDataDir();
  await restore(dataDir);
  const postgresDir = path.join(dataDir, 'postgres');
  renameSync(postgresDir, restoringDirOf(postgresDir));
  writeFileSync(path.join(restoringDirOf(postgresDir), RESTORED_MARK), '');
  await within(dataDir, async (url) => expect(await readAll(url)).toEqual(before));
  expect(readdirSync(dataDir)).toEqual(['postgres']);
}, 120_000);

test('a backup never takes the place of another file', async () => {
  await expect(writeBackup(stack.database.url, file, null, readEpoch)).rejects.toThrow('exists already');
});
