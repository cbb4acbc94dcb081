import Papa from 'papaparse';
import type { Acts } from '../../../../shared/bridge/bridge-contract.ts';
import type { ImportDraft } from '../../../../shared/imports/import-draft.ts';
import { IMPORT_PART_ROWS } from '../../../../shared/imports/import-operations.ts';
import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import type { RowReading } from '../../../../shared/imports/read-import-row.ts';
import { recogniseColumns } from '../../../../shared/imports/recognise-columns.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import type { ReplicaKey } from '../../replica/sealed-database.ts';
import { checkRows, readRows, type DraftChoices } from './check-rows.ts';
import { DraftStore } from './drafts/draft-store.ts';
import { MappingMemory } from './drafts/mapping-memory.ts';
import { parseFile, type FileRow } from './files/parse-file.ts';
import type { PreparedImport } from './queue-import.ts';

type Context = { db: ReadConnection; country: string };
type Checked = ImportDraft['check'];

const SAMPLES = 3;
/** Rows that are looked through for them. */
const SAMPLE_ROWS = 200;

/** Prepares import files: receives, parses, maps, validates, and hands the valid rows over. Needs no server. */
export class ImportDesk {
  private readonly drafts: DraftStore;
  private readonly memory: MappingMemory;
  /** What became of the rows of a file under the mapping named. */
  private checked: { mapping: string; result: Checked } | null = null;

  constructor(profileDir: string, key: ReplicaKey) {
    this.drafts = new DraftStore(profileDir, key);
    this.memory = new MappingMemory(profileDir, key);
  }

  answer(method: string, args: never, context: Context): unknown {
    const { id } = args as { id: string };
    switch (method) {
      case 'imports.receiveFile':
        return this.receive(args);
      case 'imports.read':
        return this.read(id, context);
      case 'imports.change':
        return this.change(args, context);
      case 'imports.draft':
        return this.drafts.findDraft(id);
      case 'imports.problemsCsv':
        return this.problemsCsv(id, context);
      case 'imports.prepare':
        return this.prepare(id, context);
      case 'imports.discard':
        return this.discard(id);
      default:
        throw new AppError('not_found', `Switchboard cannot do “${method}”.`);
    }
  }

  private receive({ id, fileName, offset, bytes }: Acts['imports.receiveFile']['args']): { id: string } {
    this.checked = null;
    return { id: this.drafts.receive(id, fileName, offset, Buffer.from(bytes, 'base64')) };
  }

  private async read(id: string, context: Context): Promise<ImportDraft> {
    const samples: FileRow[] = [];
    const head = await this.drafts.saveRows(id, (bytes, keep) =>
      parseFile(bytes, (page) => {
        keep(page);
        samples.push(...page.slice(0, SAMPLE_ROWS - samples.length));
      }),
    );
    const { headers, encoding, delimiter, rowCount } = head;
    const { format, targets } = recogniseColumns(headers);
    const remembered = this.memory.find(headers);
    const columns = headers.map((header, i) => ({
      header,
      target: remembered?.targets[i] ?? targets[i] ?? 'ignore',
      samples: samples
        .map(({ cells }) => cells[i]?.trim() ?? '')
        .filter(Boolean)
        .slice(0, SAMPLES),
    }));
    const draft = {
      id,
      fileName: this.drafts.readFile(id).fileName,
      format: head.format ?? format,
      encoding,
      delimiter,
      rowCount,
      columns,
      defaultCountry: remembered?.defaultCountry ?? context.country,
      duplicates: remembered?.duplicates ?? ('merge' as const),
      kind: remembered?.kind ?? ('contacts' as const),
      statuses: remembered?.statuses ?? {},
      remembered: remembered !== null,
    };
    return this.save({ ...draft, check: this.check(draft, context.db) });
  }

  private change({ id, targets, statuses, ...choices }: Acts['imports.change']['args'], context: Context): ImportDraft {
    const draft = this.drafts.getDraft(id);
    const changed = {
      ...draft,
      ...choices,
      columns: draft.columns.map((column, i) => ({ ...column, target: targets?.[i] ?? column.target })),
      statuses: { ...draft.statuses, ...statuses },
    };
    return this.save({ ...changed, check: this.check(changed, context.db) });
  }

  private problemsCsv(id: string, { db }: Context): string {
    const draft = this.drafts.getDraft(id);
    const data: unknown[][] = [];
    for (const reading of readRows(this.drafts.readRows<FileRow>(id), draft, db))
      if (!reading.ok) data.push([reading.row, reading.reason, ...reading.cells]);
    return Papa.unparse(
      { fields: ['Row', 'Reason', ...draft.columns.map(({ header }) => header)], data },
      // A cell that begins with = would be run by a spreadsheet.
      { escapeFormulae: true },
    );
  }

  private prepare(id: string, { db }: Context): PreparedImport {
    const draft = this.drafts.getDraft(id);
    const { kind, duplicates, statuses } = draft;
    const { file: partsFile, rows: total } = this.drafts.saveParts<FileRow>(id, (rows) =>
      partsOf(readRows(rows, draft, db)),
    );
    if (total === 0)
      throw new AppError(
        'invalid_input',
        'No row of this file can be imported yet. Check the columns and the country.',
      );
    this.memory.keep(draft);
    const newStatuses = kind === 'contacts' ? namesToMake(statuses) : [];
    return { id, fileName: draft.fileName.slice(0, 255), total, duplicates, kind, newStatuses, partsFile };
  }

  private discard(id: string): null {
    this.drafts.discard(id);
    this.checked = null;
    return null;
  }

  /** Going ahead after the last change reads no row again. */
  private check(draft: DraftChoices, db: ReadConnection): Checked {
    const { id, columns, defaultCountry, duplicates, kind, statuses } = draft;
    const targets = columns.map(({ target }) => target);
    const mapping = JSON.stringify([id, defaultCountry, duplicates, kind, statuses, targets]);
    if (this.checked?.mapping !== mapping)
      this.checked = { mapping, result: checkRows(this.drafts.readRows<FileRow>(id), draft, db) };
    return this.checked.result;
  }

  private save(draft: ImportDraft): ImportDraft {
    this.drafts.saveDraft(draft);
    return draft;
  }
}

function* partsOf(readings: Iterable<RowReading>): Generator<ImportRow[]> {
  let part: ImportRow[] = [];
  for (const reading of readings) {
    if (!reading.ok) continue;
    part.push(reading.row);
    if (part.length < IMPORT_PART_ROWS) continue;
    yield part;
    part = [];
  }
  if (part.length) yield part;
}

const namesToMake = (statuses: ImportDraft['statuses']): string[] =>
  Object.values(statuses).flatMap((choice) => (choice.as === 'create' ? [choice.name] : []));
