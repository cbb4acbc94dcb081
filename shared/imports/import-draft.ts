import type { ColumnTarget } from './column-target.ts';
import type { DuplicateRule, ImportKind } from './import-operations.ts';
import type { ImportRow } from './import-row.ts';
import type { StatusChoice } from './import-setup.ts';

/** A file being prepared on this computer. It survives a restart and needs no server. */
export type ImportDraft = {
  id: string;
  fileName: string;
  /** What was recognised, in words: "Google Contacts", "HubSpot", "Outlook" or "CSV". */
  format: string;
  encoding: string;
  delimiter: string;
  /** Data rows in the file, without the header. */
  rowCount: number;
  columns: { header: string; target: ColumnTarget; samples: string[] }[];
  defaultCountry: string;
  duplicates: DuplicateRule;
  /** What the file holds. Of numbers nobody is to call only the phone column counts. */
  kind: ImportKind;
  /** What to do with statuses that the workspace does not have, by their words in the file, folded. */
  statuses: Record<string, StatusChoice>;
  /** Whether the choices are those that were made for the last file with these headings. */
  remembered: boolean;
  /** The outcome of validating every row under the mapping above. */
  check: {
    valid: number;
    invalid: number;
    /** Valid rows that share phone or e-mail with an earlier row of the file; the later one counts as its duplicate. */
    duplicatesInFile: number;
    /** Valid rows whose phone or e-mail a contact on this computer already has. */
    duplicatesOfContacts: number;
    /** Rows that become contacts, that fill one, that are left alone; as far as this computer knows. */
    outcome: { create: number; merge: number; skip: number };
    /** Valid rows that do not say that somebody agreed to marketing: nobody may write to them for that. */
    withoutConsent: number;
    /** Words that name nothing the workspace has, the most frequent first; at most 50 a kind. */
    unknown: { target: 'leadStatus' | 'owner' | 'stage' | 'facebookPage'; word: string; rows: number }[];
    /** The first 200 invalid rows; all of them are in the download. */
    problems: ImportProblem[];
    /** The first valid rows as they will be imported, and what becomes of each; `changes` are the fields a merge replaces. */
    preview: (ImportRow & {
      becomes: 'create' | 'merge' | 'skip';
      changes: { field: string; before: unknown; after: unknown }[];
    })[];
  };
};

export type ImportProblem = { row: number; reason: string; cells: string[] };
