import { parsePhoneEntry } from '../../../../shared/contacts/contact-entry.ts';
import type { ImportDraft, ImportProblem } from '../../../../shared/imports/import-draft.ts';
import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import { indexSetup } from '../../../../shared/imports/import-setup.ts';
import { readImportRow, type Mapping, type RowReading } from '../../../../shared/imports/read-import-row.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { changesOf, createTwinFinder } from './find-twin.ts';
import type { FileRow } from './files/parse-file.ts';
import { readImportSetup } from './read-setup.ts';

export type DraftChoices = Pick<ImportDraft, 'id' | 'columns' | 'defaultCountry' | 'duplicates' | 'kind' | 'statuses'>;

const SHOWN_PROBLEMS = 200;
const SHOWN_ROWS = 20;
const SHOWN_WORDS = 50;

/** Every row of the file under the draft's mapping, one after the other: what a million rows become is never all in memory. */
export function* readRows(
  rows: Iterable<FileRow>,
  draft: DraftChoices,
  db: ReadConnection,
): Generator<RowReading & { cells: string[] }> {
  const headers = draft.columns.map(({ header }) => header);
  const mapping = mappingOf(headers, draft, db);
  // A list of bare numbers has no headings.
  const isBare = draft.kind === 'do_not_call' && headers.some((cell) => isPhone(cell, draft.defaultCountry));
  if (isBare) yield { ...readImportRow(headers, 1, mapping), cells: headers };
  for (const { row, cells } of rows) yield { ...readImportRow(cells, row, mapping), cells };
}

const isPhone = (cell: string, country: string): boolean => {
  const entry = parsePhoneEntry(cell, country);
  return entry.ok && entry.value !== null;
};

function mappingOf(headers: string[], draft: DraftChoices, db: ReadConnection): Mapping {
  const { kind, columns, defaultCountry: country, statuses } = draft;
  const names = indexSetup(readImportSetup(db), statuses);
  const targets = columns.map(({ target }) => target);
  if (kind === 'contacts') return { headers, targets, country, names };
  const bare = headers.findIndex((cell) => isPhone(cell, country));
  const only = targets.includes('phone') ? targets.indexOf('phone') : Math.max(0, bare);
  return { headers, targets: targets.map((_, i) => (i === only ? 'phone' : 'ignore')), country, names };
}

/** Reads every row and counts what would become of it. */
export function checkRows(rows: Iterable<FileRow>, draft: DraftChoices, db: ReadConnection): ImportDraft['check'] {
  const tally = new Tally(draft, db);
  const problems: ImportProblem[] = [];
  let invalid = 0;
  for (const reading of readRows(rows, draft, db)) {
    if (reading.ok) tally.take(reading.row, reading.unknown);
    else {
      invalid += 1;
      if (problems.length < SHOWN_PROBLEMS)
        problems.push({ row: reading.row, reason: reading.reason, cells: reading.cells });
    }
  }
  return { ...tally.finish(), invalid, problems };
}

class Tally {
  private readonly draft: DraftChoices;
  private readonly findTwin: ReturnType<typeof createTwinFinder>;
  private readonly seen = new Set<string>();
  private readonly words = new Map<string, ImportDraft['check']['unknown'][number]>();
  private readonly counts = { valid: 0, duplicatesInFile: 0, duplicatesOfContacts: 0, withoutConsent: 0 };
  private readonly outcome = { create: 0, merge: 0, skip: 0 };
  private readonly preview: ImportDraft['check']['preview'] = [];

  constructor(draft: DraftChoices, db: ReadConnection) {
    this.draft = draft;
    this.findTwin = createTwinFinder(db);
  }

  take(row: ImportRow, unknown: Extract<RowReading, { ok: true }>['unknown']): void {
    const { counts, outcome, preview, draft } = this;
    const { phone, email } = row.fields;
    const keys = [phone, email].filter((key) => key !== null && key !== undefined);
    const isInFile = keys.some((key) => this.seen.has(key));
    for (const key of keys) this.seen.add(key);
    const twin = this.findTwin(row);
    counts.valid += 1;
    if (isInFile) counts.duplicatesInFile += 1;
    if (twin !== null) counts.duplicatesOfContacts += 1;
    if (!row.consents?.some(({ act, purpose }) => act === 'given' && purpose === 'marketing'))
      counts.withoutConsent += 1;
    const becomes = this.becomes(row, isInFile || twin !== null, twin);
    outcome[becomes] += 1;
    if (preview.length < SHOWN_ROWS) {
      const changes = becomes === 'merge' && twin !== null ? changesOf(twin(), row) : [];
      preview.push({ ...row, becomes, changes });
    }
    if (draft.kind === 'contacts') for (const one of unknown) this.note(one);
  }

  private becomes(row: ImportRow, isDuplicate: boolean, twin: unknown): keyof typeof this.outcome {
    if (!isDuplicate) return 'create';
    const { kind, duplicates } = this.draft;
    if (kind === 'do_not_call') return 'merge';
    // A row that names the very contact means that one, whatever was chosen.
    if (duplicates === 'create') return row.id && twin !== null ? 'merge' : 'create';
    return duplicates;
  }

  private note({ target, word }: { target: 'leadStatus' | 'owner' | 'stage' | 'facebookPage'; word: string }): void {
    const key = `${target} ${word}`;
    const known = this.words.get(key) ?? { target, word, rows: 0 };
    known.rows += 1;
    this.words.set(key, known);
  }

  finish(): Omit<ImportDraft['check'], 'invalid' | 'problems'> {
    const unknown = [...this.words.values()].toSorted((a, b) => b.rows - a.rows).slice(0, SHOWN_WORDS);
    return { ...this.counts, outcome: this.outcome, unknown, preview: this.preview };
  }
}
