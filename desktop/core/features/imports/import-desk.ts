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
import { DraftStore } from './draft-store.ts';
import { parseFile, type ParsedFile } from './parse-file.ts';
import type { PreparedImport } from './queue-import.ts';

type Context = { db: ReadConnection; country: string };
type Checked = ReturnType<typeof checkRows>;

const SAMPLES = 3;

/** Prepares import files: receives, parses, maps, validates, and hands the valid rows over. Needs no server. */
export class ImportDesk {
  private readonly drafts: DraftStore;
  /** The file at hand, so that changing its mapping does not parse it again. */
  private open: { id: string; file: ParsedFile } | null = null;
  /** What became of its rows under the mapping named. */
  private checked: { mapping: string; result: Checked } | null = null;

  constructor(profileDir: string, key: ReplicaKey) {
    this.drafts = new DraftStore(profileDir, key);
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
    this.open = null;
    this.checked = null;
    return { id: this.drafts.receive(id, fileName, offset, Buffer.from(bytes, 'base64')) };
  }

  private read(id: string, context: Context): ImportDraft {
    const file = this.parsed(id);
    const { format, targets } = recogniseColumns(file.headers);
    const columns = file.headers.map((header, i) => ({
      header,
      target: targets[i] ?? 'ignore',
      samples: file.rows
        .slice(0, 200)
        .map(({ cells }) => cells[i]?.trim() ?? '')
        .filter(Boolean)
        .slice(0, SAMPLES),
    }));
    const draft = {
      id,
      fileName: this.drafts.readFile(id).fileName,
      format,
      encoding: file.encoding,
      delimiter: file.delimiter,
      rowCount: file.rows.length,
      columns,
      defaultCountry: context.country,
      duplicates: 'merge' as const,
      kind: 'contacts' as const,
      statuses: {},
    };
    return this.save({ ...draft, check: this.check(draft, context.db).check });
  }

  private change({ id, targets, statuses, ...choices }: Acts['imports.change']['args'], context: Context): ImportDraft {
    const draft = this.drafts.getDraft(id);
    const changed = {
      ...draft,
      ...choices,
      columns: draft.columns.map((column, i) => ({ ...column, target: targets?.[i] ?? column.target })),
      statuses: { ...draft.statuses, ...statuses },
    };
    return this.save({ ...changed, check: this.check(changed, context.db).check });
  }

  private problemsCsv(id: string, { db }: Context): string {
    const file = this.parsed(id);
    const { problems } = this.check(this.drafts.getDraft(id), db);
    return Papa.unparse(
      {
        fields: ['Row', 'Reason', ...file.headers],
        data: problems.map(({ row, reason, cells }) => [row, reason, ...cells]),
      },
      // A cell that begins with = would be run by a spreadsheet.
      { escapeFormulae: true },
    );
  }

  private prepare(id: string, { db }: Context): PreparedImport {
    const draft = this.drafts.getDraft(id);
    const { kind, duplicates } = draft;
    const parts = partsOf(readRows(this.parsed(id), draft, db));
    const { file: partsFile, rows: total } = this.drafts.saveParts(id, parts);
    if (total === 0)
      throw new AppError(
        'invalid_input',
        'No row of this file can be imported yet. Check the columns and the country.',
      );
    return { id, fileName: draft.fileName.slice(0, 255), total, duplicates, kind, partsFile };
  }

  private discard(id: string): null {
    this.drafts.discard(id);
    if (this.open?.id === id) this.open = this.checked = null;
    return null;
  }

  /** Going ahead after the last change reads no row again. */
  private check(draft: DraftChoices, db: ReadConnection): Checked {
    const { id, columns, defaultCountry, duplicates, kind, statuses } = draft;
    const targets = columns.map(({ target }) => target);
    const mapping = JSON.stringify([id, defaultCountry, duplicates, kind, statuses, targets]);
    if (this.checked?.mapping !== mapping) this.checked = { mapping, result: checkRows(this.parsed(id), draft, db) };
    return this.checked.result;
  }

  private parsed(id: string): ParsedFile {
    if (this.open?.id !== id) this.open = { id, file: parseFile(this.drafts.readFile(id).bytes) };
    return this.open.file;
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
