import type { Writable } from 'node:stream';
import pg from 'pg';
import { readManifest, quoteName, quoteTable, type BackupManifest } from './backup-manifest.ts';
import { writeBackupFile } from './backup-file.ts';
import { copyOut } from './copy-stream.ts';

/** Ends the rows of a table, as in Postgres' own dumps: no row of text format is ever this. */
export const END_OF_ROWS = '\\.\n';

/**
 * Copies a whole database, of one instant, into one file. The server may go on working: nothing waits for this but vacuum.
 * Roles, settings and replication slots are not in it.
 */
export async function writeBackup(
  databaseUrl: string,
  file: string,
  passphrase: string | null,
  readEpoch: (client: pg.Client) => Promise<string>,
): Promise<{ manifest: BackupManifest; rows: number }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'switchboard backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // Text as Postgres writes it depends on these.
    await client.query(`set local datestyle = 'ISO'; set local timezone = 'UTC'; set local extra_float_digits = 3`);
    const manifest = await readManifest(client, await readEpoch(client));
    let rows = 0;
    await writeBackupFile(file, passphrase, async (sink) => {
      rows = await fill(client, manifest, sink);
    });
    await client.query('commit');
    return { manifest, rows };
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, manifest: BackupManifest, sink: Writable): Promise<number> {
  const line = (value: unknown) => sink.write(`${JSON.stringify(value)}\n`);
  line({ manifest });
  const counts: number[] = [];
  for (const table of manifest.tables) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${quoteTable(table)}`);
    counts.push(Number(rows[0]?.count));
    line({ table: quoteTable(table) });
    const columns = table.columns.map(quoteName).join(', ');
    await copyOut(client, `copy (select ${columns} from ${quoteTable(table)}) to stdout`, sink);
    sink.write(END_OF_ROWS);
  }
  line({ end: { counts } });
  return counts.reduce((sum, count) => sum + count, 0);
}
