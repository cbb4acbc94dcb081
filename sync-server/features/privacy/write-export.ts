import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Zip, ZipDeflate } from 'fflate';
import type { FieldKeys } from '../../db/fields/field-keys.ts';
import type { Client } from '../../db/pool.ts';
import { toCsvLine } from '../../../shared/kernel/csv-cell.ts';
import { EXPORTED_TABLES, keyOf } from './export-tables.ts';

const PAGE = 1_000;

type Row = Record<string, unknown>;
type Source = { client: Client; tenantId: string; fields: FieldKeys; signal: AbortSignal };

/**
 * Writes the ZIP row by row, whatever the size of the workspace: never more than a thousand rows are in memory. `client` is in a
 * transaction that sees one moment, so that the tables fit each other.
 */
export async function writeExport(file: string, source: Source): Promise<void> {
  const out = createWriteStream(file, { mode: 0o600, flags: 'wx' });
  await once(out, 'open');
  const failed = new Promise<never>((_, reject) => out.once('error', reject));
  failed.catch(() => {});
  const zip = new Zip((error, chunk, isLast) => {
    if (error) out.destroy(error);
    else {
      out.write(chunk);
      if (isLast) out.end();
    }
  });
  /** A slow disk is waited for. */
  const drained = async () => {
    if (out.errored) throw out.errored;
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), failed]);
  };
  try {
    for (const { table, without = [] } of EXPORTED_TABLES) {
      const columns = await listColumns(source.client, table, without);
      await writeEntry(zip, `${table}.csv`, drained, csvOf(source, table, columns));
      await writeEntry(zip, `${table}.json`, drained, jsonOf(source, table, columns));
    }
    const closed = once(out, 'close');
    zip.end();
    await Promise.race([closed, failed]);
  } catch (error) {
    zip.terminate();
    out.destroy();
    throw error;
  }
}

async function writeEntry(
  zip: Zip,
  name: string,
  drained: () => Promise<void>,
  texts: AsyncIterable<string>,
): Promise<void> {
  const entry = new ZipDeflate(name, { level: 6 });
  zip.add(entry);
  for await (const text of texts) {
    entry.push(Buffer.from(text));
    await drained();
  }
  entry.push(new Uint8Array(0), true);
}

async function* csvOf(source: Source, table: string, columns: readonly string[]): AsyncGenerator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\ufeff${toCsvLine(columns)}`;
  for await (const rows of pagesOf(source, table, columns))
    yield rows.map((row) => toCsvLine(columns.map((column) => row[column]))).join('');
}

async function* jsonOf(source: Source, table: string, columns: readonly string[]): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const rows of pagesOf(source, table, columns)) {
    yield separator + rows.map((row) => JSON.stringify(row)).join(',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function* pagesOf(
  { client, tenantId, fields, signal }: Source,
  table: string,
  columns: readonly string[],
): AsyncGenerator<Row[]> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  await client.query(
    `declare exported no scroll cursor for select ${list} from "${table}" where "${keyOf(table)}" = '${tenantId}' order by id`,
  );
  try {
    for (;;) {
      signal.throwIfAborted();
      const page = await client.query<Row>(`fetch ${PAGE} from exported`);
      if (page.rows.length === 0) return;
      // Notes may be encrypted by field: they leave the server in clear.
      yield JSON.parse(await fields.open(tenantId, JSON.stringify(page.rows))) as Row[];
    }
  } finally {
    await client.query('close exported').catch(() => {});
  }
}

async function listColumns(client: Client, table: string, without: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and column_name <> 'tenant_id' order by ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => name).filter((name) => !without.includes(name));
}
