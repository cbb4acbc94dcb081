import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { JOB_KINDS } from '../sync-server/compose.ts';
import { restoreBackup } from '../sync-server/db/backup/restore-backup.ts';
import { openJobs } from '../sync-server/jobs/queue.ts';

// npm run restore -- FILE [--passphrase-file FILE]: the embedded database becomes that of a backup; the one that is there is kept aside.
const { values, positionals } = parseArgs({
  options: { 'passphrase-file': { type: 'string' } },
  allowPositionals: true,
});
const dataDir = path.resolve(process.env['DATA_DIR'] ?? '.data');
const passphraseFile = values['passphrase-file'];

async function run(): Promise<void> {
  const [file] = positionals;
  if (!file) throw new Error('Which backup? npm run restore -- FILE');
  if (process.env['DATABASE_URL'])
    throw new Error(
      'DATABASE_URL names a PostgreSQL of your own. Nothing was changed. Restore it with its own tools (docs/administrator/backup-and-restore.md).',
    );
  const { manifest, rows, keptAside } = await restoreBackup({
    file: path.resolve(file),
    passphrase: passphraseFile
      ? readFileSync(passphraseFile, 'utf8').replace(/\r?\n$/, '')
      : process.env['BACKUP_PASSPHRASE'] || null,
    postgresDir: path.join(dataDir, 'postgres'),
    prepareJobs: async (databaseUrl) => (await openJobs(databaseUrl, JOB_KINDS, pino({ level: 'error' }))).close(),
    now: new Date(),
  });
  console.log(`Restored ${rows.toLocaleString('en')} rows of ${manifest.takenAt} (Switchboard ${manifest.app}).`);
  if (keptAside)
    console.log(`The database that was there is kept in ${keptAside}. Remove it when you no longer need it.`);
  console.log(
    'Start the server. Desktops notice the restored database by themselves, fetch anew and send what it lacks.',
  );
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
