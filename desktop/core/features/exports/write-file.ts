import { contactColumns } from '../../../../shared/exports/contact-columns.ts';
import {
  partsOf,
  type ExportFormat,
  type ExportParts,
  type SalesforceObject,
} from '../../../../shared/exports/export-request.ts';
import { INTERACTION_COLUMNS, TRANSCRIPT_COLUMNS } from '../../../../shared/exports/interaction-columns.ts';
import {
  toSalesforceContact,
  toSalesforceTask,
  toSalesforceTranscript,
} from '../../../../shared/exports/salesforce-record.ts';
import { toVcard } from '../../../../shared/exports/to-vcard.ts';
import { toCsvLine } from '../../../../shared/kernel/csv-cell.ts';
import type { ExportSource } from './export-source.ts';
import { writeExcel } from './write-excel.ts';
import { writeZip } from './write-zip.ts';

type Cells = readonly (string | number | null)[];
/** A part of an export as a table: its header, then its rows, a page at a time. */
export type ExportTable = { name: string; header: string[]; pages: () => Generator<Cells[]> };

export type FileChoices = { format: ExportFormat; include: ExportParts; object: SalesforceObject; bom: boolean };

/** The file of an export, piece by piece. Nobody makes the next piece before it is asked for. */
export async function* writeFile(source: ExportSource, choices: FileChoices): AsyncGenerator<Uint8Array> {
  const parts = partsOf(choices.format, choices.include);
  const tables = async () => {
    const made: ExportTable[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one reader
    for (const part of parts) made.push(await tableOf(part, source));
    return made;
  };
  switch (choices.format) {
    case 'csv':
      return yield* writeCsvs(await tables(), choices.bom);
    case 'xlsx':
      return yield* writeExcel(await tables());
    case 'vcard':
      return yield* toBytes(vcards(source));
    case 'salesforce':
      return yield* toBytes(salesforce(source, parts, choices.object));
  }
}

async function tableOf(part: keyof ExportParts, source: ExportSource): Promise<ExportTable> {
  const table = <T>(
    name: string,
    columns: readonly { header: string; read: (row: T) => string | number | null }[],
    pages: () => Generator<T[]>,
  ): ExportTable => ({
    name,
    header: columns.map(({ header }) => header),
    pages: function* rows() {
      for (const page of pages()) yield page.map((row) => columns.map(({ read }) => read(row)));
    },
  });
  if (part === 'interactions') return table('interactions', INTERACTION_COLUMNS, source.interactions);
  if (part === 'transcripts') return table('transcripts', TRANSCRIPT_COLUMNS, source.transcripts);
  const columns = contactColumns(await source.attributePaths()).map(({ header, read }) => ({
    header,
    read: (contact: Parameters<typeof read>[0]) => read(contact, source.names),
  }));
  return table('contacts', columns, source.contacts);
}

function writeCsvs(tables: ExportTable[], bom: boolean): AsyncGenerator<Uint8Array> {
  const [only] = tables;
  if (only && tables.length === 1) return toBytes(csvOf(only, bom));
  return writeZip(tables.map((table) => ({ name: `${table.name}.csv`, texts: () => csvOf(table, bom) })));
}

function* csvOf({ header, pages }: ExportTable, bom: boolean): Generator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield (bom ? '\ufeff' : '') + toCsvLine(header);
  for (const rows of pages()) yield rows.map(toCsvLine).join('');
}

function* vcards(source: ExportSource): Generator<string> {
  for (const page of source.contacts()) yield page.map((contact) => toVcard(contact, source.names)).join('');
}

function* salesforce(
  source: ExportSource,
  parts: readonly (keyof ExportParts)[],
  object: SalesforceObject,
): Generator<string> {
  let separator = '{"records":[\n';
  const listed = (records: readonly object[]): string => {
    if (records.length === 0) return '';
    const text = separator + records.map((record) => JSON.stringify(record)).join(',\n');
    separator = ',\n';
    return text;
  };
  if (parts.includes('contacts'))
    for (const page of source.contacts())
      yield listed(page.map((contact) => toSalesforceContact(contact, source.names, object)));
  if (parts.includes('interactions'))
    for (const page of source.interactions()) yield listed(page.map((one) => toSalesforceTask(one, object)));
  if (parts.includes('transcripts'))
    for (const page of source.transcripts()) yield listed(page.map((one) => toSalesforceTranscript(one, object)));
  yield separator === ',\n' ? '\n]}\n' : '{"records":[]}\n';
}

async function* toBytes(texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const text of texts) if (text) yield Buffer.from(text);
}
