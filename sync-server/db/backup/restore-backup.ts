import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { assertNobodyHolds, RESTORED_MARK, restoringDirOf, startEmbeddedPostgres } from '../embedded-postgres.ts';
import { migrateDatabase, MIGRATIONS } from '../migrate.ts';
import { createPool } from '../pool.ts';
import { openBackupFile } from './backup-file.ts';
import { knownMigrations, quoteName, quoteTable, type BackupManifest } from './backup-manifest.ts';
import { copyIn } from './copy-stream.ts';
import { readContent } from './read-content.ts';

export type RestoreParts = {
  file: string;
  passphrase: string | null;
  /** Where the embedded database lives. */
  postgresDir: string;
  /** Makes the tables of the job queue, which has migrations of its own. */
  prepareJobs: (databaseUrl: string) => Promise<void>;
  now: Date;
};

/**
 * Makes a new database of a backup and puts it in the place of the one that is there, which is kept aside. Until that last step, two
 * renames, nothing is changed, and a start of the server ends a restore that was cut off between the two.
 * The new database has a history of its own (its epoch), so desktops notice and lose nothing that they still had to send.
 */
export async function restoreBackup(
  parts: RestoreParts,
): Promise<{ manifest: BackupManifest; rows: number; keptAside: string | null }> {
  const { postgresDir } = parts;
  assertNobodyHolds(postgresDir);
  const restoring = restoringDirOf(postgresDir);
  rmSync(restoring, { recursive: true, force: true });
  try {
    const loaded = await makeDatabase(parts, restoring);
    assertNobodyHolds(postgresDir);
    writeFileSync(path.join(restoring, RESTORED_MARK), '');
    const aside = `${postgresDir}.before-restore-${parts.now.toISOString().replace(/[:.]/g, '-')}`;
    const hadOne = existsSync(postgresDir);
    if (hadOne) renameSync(postgresDir, aside);
    renameSync(restoring, postgresDir);
    rmSync(path.join(postgresDir, RESTORED_MARK), { force: true });
    return { ...loaded, keptAside: hadOne ? aside : null };
  } catch (error) {
    if (existsSync(postgresDir)) rmSync(restoring, { recursive: true, force: true });
    throw error;
  }
}

async function makeDatabase(parts: RestoreParts, dir: string): Promise<{ manifest: BackupManifest; rows: number }> {
  // Its checksum and passphrase are looked at before anything is made.
  const content = await openBackupFile(parts.file, parts.passphrase);
  let manifest: BackupManifest | null = null;
  let rows = 0;
  let database: Awaited<ReturnType<typeof startEmbeddedPostgres>> | null = null;
  let client: pg.Client | null = null;
  const mustBeOpen = () => {
    if (!client || !manifest)
      throw new AppError('invalid_input', 'This backup does not begin as it should. Nothing was changed.');
    return { client, manifest };
  };
  try {
    await readContent(content, {
      onManifest: async (read) => {
        assertNotNewer(read);
        manifest = read;
        database = await startEmbeddedPostgres(dir);
        await prepareSchema(database.url, read, parts.prepareJobs);
        client = new pg.Client({ connectionString: database.url });
        await client.connect();
        await begin(client, read);
      },
      onTable: async (name) => {
        const open = mustBeOpen();
        const table = open.manifest.tables.find((one) => quoteTable(one) === name);
        if (!table)
          throw new AppError('invalid_input', `This backup has rows of an unknown table ${name}. Nothing was changed.`);
        return copyIn(open.client, `copy ${name} (${table.columns.map(quoteName).join(', ')}) from stdin`);
      },
      onEnd: async (counts) => {
        const open = mustBeOpen();
        await finish(open.client, open.manifest, counts);
        rows = counts.reduce((sum, count) => sum + count, 0);
      },
    });
    return { manifest: mustBeOpen().manifest, rows };
  } finally {
    content.destroy();
    // Typescript cannot see that the callbacks above ran.
    await (client as pg.Client | null)?.end();
    await (database as { stop: () => Promise<void> } | null)?.stop();
  }
}

function assertNotNewer({ app, migrations }: BackupManifest): void {
  const known = new Set(knownMigrations().map(({ when }) => when));
  if (migrations.some((when) => !known.has(when)))
    throw new AppError(
      'not_allowed_now',
      `This backup was made by a newer Switchboard (${app}). Nothing was changed. Update Switchboard, then restore it.`,
    );
}

/** The tables as they were when the backup was made. What came later runs at the next start of the server, over the restored rows. */
async function prepareSchema(
  url: string,
  { migrations }: BackupManifest,
  prepareJobs: RestoreParts['prepareJobs'],
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchboard-migrations-'));
  const pool = createPool(url, () => {});
  try {
    const entries = knownMigrations().filter(({ when }) => migrations.includes(when));
    for (const { tag } of entries) cpSync(path.join(MIGRATIONS, `${tag}.sql`), path.join(folder, `${tag}.sql`));
    mkdirSync(path.join(folder, 'meta'));
    writeFileSync(
      path.join(folder, 'meta', '_journal.json'),
      JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
    );
    await migrateDatabase(pool, folder);
    await prepareJobs(url);
  } finally {
    await pool.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function begin(client: pg.Client, { tables, jobs }: BackupManifest): Promise<void> {
  const { rows } = await client.query<{ version: number }>('select version from pgboss.version');
  if (jobs !== null && jobs > (rows[0]?.version ?? 0))
    throw new AppError(
      'not_allowed_now',
      'This backup was made by a newer Switchboard (its job queue). Nothing was changed. Update Switchboard, then restore it.',
    );
  await client.query('begin');
  // Neither triggers nor references act on rows that come as they were.
  await client.query(
    `set local session_replication_role = replica; set local datestyle = 'ISO'; set local timezone = 'UTC'`,
  );
  await client.query(`truncate ${tables.map(quoteTable).join(', ')} cascade`);
}

async function finish(
  client: pg.Client,
  { tables, sequences }: BackupManifest,
  counts: readonly number[],
): Promise<void> {
  for (const [i, table] of tables.entries()) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${quoteTable(table)}`);
    if (Number(rows[0]?.count) !== counts[i])
      throw new AppError(
        'invalid_input',
        `The backup lacks rows of ${quoteTable(table)}. Nothing was changed. Use another copy of it.`,
      );
  }
  for (const { name, value } of sequences) await client.query('select setval($1, $2)', [name, value]);
  await client.query('commit');
  await client.query('analyze');
}
