import { and, eq, type SQL } from 'drizzle-orm';
import { contactColumns, type ExportedContact } from '../../../../shared/exports/contact-columns.ts';
import type * as operations from '../../../../shared/exports/export-operations.ts';
import type { FileNames } from '../../../../shared/exports/export-names.ts';
import { fileNameOf } from '../../../../shared/exports/export-request.ts';
import { INTERACTION_COLUMNS, TRANSCRIPT_COLUMNS } from '../../../../shared/exports/interaction-columns.ts';
import {
  toSalesforceContact,
  toSalesforceTask,
  toSalesforceTranscript,
} from '../../../../shared/exports/salesforce-record.ts';
import { toCsvLine } from '../../../../shared/kernel/csv-cell.ts';
import { must } from '../../../../shared/kernel/must.ts';
import { filterToRule } from '../../../../shared/segments/filter-rule.ts';
import type { ContactFilter } from '../../../../shared/segments/list-operations.ts';
import type { Act, FileVerb } from '../../../db/act.ts';
import { whereRule } from '../../segments/segment-read-model.ts';
import { contacts } from '../contact-table.ts';
import { attributePaths, contactPages, readNames } from './export-source.ts';
import { readInteractions, readTranscripts } from './read-interactions.ts';

type Open = (json: string) => Promise<string>;

const matching = async (act: Act, filter: ContactFilter): Promise<SQL> =>
  must(and(eq(contacts.tenantId, act.tenantId), await whereRule(act, filterToRule(filter))), 'a condition');

const fileOf = (format: 'csv' | 'salesforce', now: number): string =>
  fileNameOf(format, [], new Date(now).toISOString().slice(0, 10)).name;

export const exportCsv: FileVerb<typeof operations.exportContactsCsv> = async (
  act,
  { include, bom, ...filter },
  open,
) => {
  const matches = await matching(act, filter);
  const names = await readNames(act);
  const { header, rowsOf } = await tableOf(act, include, { matches, names, open });
  async function* pieces(): AsyncGenerator<string> {
    yield (bom ? '\ufeff' : '') + toCsvLine(header);
    for await (const page of contactPages(act, matches, names)) {
      const rows = await rowsOf(page);
      if (rows.length) yield rows.map(toCsvLine).join('');
    }
  }
  return { name: fileOf('csv', act.now), pieces: pieces() };
};

type Cells = (string | number | null)[];
type Table = { header: string[]; rowsOf: (page: ExportedContact[]) => Promise<Cells[]> };
type Column<T> = { header: string; read: (row: T) => string | number | null };

async function tableOf(
  act: Act,
  include: 'contacts' | 'interactions' | 'transcripts',
  { matches, names, open }: { matches: SQL; names: FileNames; open: Open },
): Promise<Table> {
  const table = <T>(columns: readonly Column<T>[], read: (page: ExportedContact[]) => Promise<T[]>): Table => ({
    header: columns.map(({ header }) => header),
    rowsOf: async (page) => (await read(page)).map((row) => columns.map((column) => column.read(row))),
  });
  if (include === 'interactions') return table(INTERACTION_COLUMNS, (page) => readInteractions(act, page, names, open));
  if (include === 'transcripts') return table(TRANSCRIPT_COLUMNS, (page) => readTranscripts(act, page, names));
  const columns = contactColumns(await attributePaths(act, matches)).map(({ header, read }) => ({
    header,
    read: (contact: ExportedContact) => read(contact, names),
  }));
  return table(columns, async (page) => page);
}

export const exportSalesforce: FileVerb<typeof operations.exportContactsToSalesforce> = async (act, input, open) => {
  const {
    object: _object,
    contacts: _contacts,
    interactions: _interactions,
    transcripts: _transcripts,
    ...filter
  } = input;
  const matches = await matching(act, filter);
  const names = await readNames(act);
  async function* pieces(): AsyncGenerator<string> {
    let separator = '{"records":[\n';
    for await (const page of contactPages(act, matches, names)) {
      const records = await recordsOf(act, { page, names, open }, input);
      if (records.length === 0) continue;
      yield separator + records.map((record) => JSON.stringify(record)).join(',\n');
      separator = ',\n';
    }
    yield separator === ',\n' ? '\n]}\n' : '{"records":[]}\n';
  }
  return { name: fileOf('salesforce', act.now), pieces: pieces() };
};

type Page = { page: ExportedContact[]; names: FileNames; open: Open };

/** Contacts stand before what belongs to them: Salesforce knows them by then. */
async function recordsOf(
  act: Act,
  { page, names, open }: Page,
  { object, contacts: withContacts, interactions, transcripts }: Parameters<typeof exportSalesforce>[1],
): Promise<object[]> {
  return [
    ...(withContacts ? page.map((contact) => toSalesforceContact(contact, names, object)) : []),
    ...(interactions ? await readInteractions(act, page, names, open) : []).map((one) => toSalesforceTask(one, object)),
    ...(transcripts ? await readTranscripts(act, page, names) : []).map((one) => toSalesforceTranscript(one, object)),
  ];
}
