import type { ContactFields } from '../contacts/contact.ts';
import type { DUPLICATE_RULES } from './import-operations.ts';

/** Where a column of the file goes: a contact field, the tags, or an attribute of the column's own name. */
export type ColumnTarget =
  | keyof Pick<
      ContactFields,
      | 'firstName'
      | 'lastName'
      | 'company'
      | 'email'
      | 'phone'
      | 'leadScore'
      | 'leadStatus'
      | 'source'
      | 'locale'
      | 'timezone'
    >
  | 'fullName'
  | 'tags'
  | 'attribute'
  | 'ignore';

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
  duplicates: (typeof DUPLICATE_RULES)[number];
  /** The outcome of validating every row under the mapping above. */
  check: {
    valid: number;
    invalid: number;
    /** Valid rows that share phone or e-mail with an earlier row of the file; the later one counts as its duplicate. */
    duplicatesInFile: number;
    /** Valid rows whose phone or e-mail a contact on this computer already has. */
    duplicatesOfContacts: number;
    /** The first 200 invalid rows; all of them are in the download. */
    problems: ImportProblem[];
    /** The first valid rows as they will be imported. */
    preview: { row: number; fields: Partial<ContactFields>; tags: string[] }[];
  };
};

export type ImportProblem = { row: number; reason: string; cells: string[] };
