import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findRunningDatabase, startEmbeddedPostgres } from '../sync-server/db/embedded-postgres.ts';
import { writeBackup } from '../sync-server/db/backup/write-backup.ts';
import { readEpoch } from '../sync-server/shapes/database-epoch.ts';

// npm run backup [-- FILE] [--passphrase-file FILE]: the whole database of the server in one file, while the server works or not.
const { values, positionals } = parseArgs({
  options: { 'passphrase-file': { type: 'string' } },
  allowPositionals: true,
});
const dataDir = path.resolve(process.env['DATA_DIR'] ?? '.data');
const passphraseFile = values['passphrase-file'];
const passphrase = passphraseFile
  ? readFileSync(passphraseFile, 'utf8').replace(/\r?\n$/, '')
  : process.env['BACKUP_PASSPHRASE'] || null;

async function run(): Promise<void> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const file = path.resolve(positionals[0] ?? path.join(dataDir, 'backups', `switchboard-${stamp}.backup`));
  mkdirSync(path.dirname(file), { recursive: true });
  const postgresDir = path.join(dataDir, 'postgres');
  const running = process.env['DATABASE_URL'] || findRunningDatabase(postgresDir);
  const own = running ? null : await startEmbeddedPostgres(postgresDir);
  try {
    const { manifest, rows } = await writeBackup(running ?? own?.url ?? '', file, passphrase, readEpoch);
    const megabytes = (statSync(file).size / 1024 ** 2).toFixed(1);
    console.log(`${file}: ${rows.toLocaleString('en')} rows of ${manifest.tables.length} tables, ${megabytes} MB.`);
    console.log(
      passphrase === null
        ? 'It is not encrypted, and holds all customers and the secrets of the server: keep it where only you can read it.'
        : 'It is encrypted. Without the passphrase nobody can restore it, you neither.',
    );
  } finally {
    await own?.stop();
  }
}

try {
  await run();
} catch (error) {
  console.error(`No backup was written. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
