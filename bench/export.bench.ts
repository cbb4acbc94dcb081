import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExportSource } from '../desktop/core/features/exports/export-source.ts';
import { writeFile } from '../desktop/core/features/exports/write-file.ts';
import { openReplica } from '../desktop/core/replica/open-replica.ts';
import { openReadConnection, type ReadConnection } from '../desktop/core/replica/read-connection.ts';
import { encryptDatabase } from '../desktop/core/replica/sealed-database.ts';
import type { ExportFormat } from '../shared/exports/export-request.ts';
import { fillContacts } from './contacts/fill-contacts.ts';
import { atLeast, told, type Metric } from './metric.ts';

const CONTACTS = Number(process.env['EXPORT_CONTACTS'] ?? 1_000_000);

/** Files of a million contacts with tags and attributes, from an encrypted replica, beside SQLite reading the same rows and writing nothing. */
export async function run(): Promise<Metric[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchboard-export-'));
  const file = path.join(dir, 'replica.sqlite');
  const replica = openReplica(file);
  fillContacts(replica, CONTACTS);
  replica.close();
  const key = randomBytes(32).toString('hex');
  encryptDatabase(file, key);
  const db = openReadConnection(file, key);
  const raw = readRaw(db);
  const csv = await write(db, 'csv');
  const xlsx = await write(db, 'xlsx');
  const vcard = await write(db, 'vcard');
  const salesforce = await write(db, 'salesforce');
  db.close();
  rmSync(dir, { recursive: true });
  return [
    atLeast('contacts into CSV', 'rows/s', csv.rate, 100_000, raw),
    atLeast('contacts into Excel', 'rows/s', xlsx.rate, 40_000, raw),
    told('contacts into vCard', 'rows/s', vcard.rate, raw),
    told('contacts into JSON for Salesforce', 'rows/s', salesforce.rate, raw),
    told('longest wait for one piece of CSV', 'ms', csv.longest),
    told('size of the CSV', 'MB', csv.bytes / 1e6),
    told('memory of the process at its most', 'MB', process.resourceUsage().maxRSS / 1024),
  ];
}

/** Every cell of every contact as SQLite hands it over. */
function readRaw(db: ReadConnection): number {
  const started = performance.now();
  let rows = 0;
  const all = db.sql('SELECT * FROM contacts').raw();
  for (const row of all.iterate()) rows += Array.isArray(row) ? 1 : 0;
  return rows / ((performance.now() - started) / 1000);
}

async function write(db: ReadConnection, format: ExportFormat) {
  const started = performance.now();
  const rids = Int32Array.from(db.sql('SELECT rid FROM contacts ORDER BY name_key').pluck().all() as number[]);
  let rows = 0;
  const source = createExportSource(db, rids, { now: Date.now(), onPage: (count) => void (rows += count) });
  const include = { contacts: true, interactions: false, transcripts: false };
  let bytes = 0;
  let longest = 0;
  let asked = performance.now();
  for await (const piece of writeFile(source, { format, include, object: 'Lead', bom: true })) {
    bytes += piece.length;
    longest = Math.max(longest, performance.now() - asked);
    asked = performance.now();
  }
  return { rate: rows / ((performance.now() - started) / 1000), bytes, longest };
}
