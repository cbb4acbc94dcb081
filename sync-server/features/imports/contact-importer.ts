import type { DuplicateRule } from '../../../shared/imports/import-operations.ts';
import type { ImportRow } from '../../../shared/imports/import-row.ts';
import type { Act } from '../../db/act.ts';

/** What an import needs of contacts. server.ts hands it the contacts feature's own code, which runs in the same transaction. */
export interface ContactImporter {
  /** Takes one batch of rows, in full. */
  importContacts(
    act: Act,
    batch: { importId: string; rows: readonly ImportRow[]; duplicates: DuplicateRule },
  ): Promise<{ created: number; updated: number; skipped: number; problems: { row: number; reason: string }[] }>;
  /** Takes one batch of numbers that nobody is to call. */
  importNumbers(
    act: Act,
    batch: { importId: string; rows: readonly ImportRow[] },
  ): Promise<{ created: number; updated: number; skipped: number; problems: { row: number; reason: string }[] }>;
  /** Takes up to `limit` numbers of the import off the list; answers how many went. */
  removeNumbers(act: Act, batch: { importId: string; limit: number }): Promise<number>;
  /** Deletes up to `limit` contacts of the import that nobody touched after `until`; answers how many went. */
  deleteUntouched(act: Act, batch: { importId: string; until: number; limit: number }): Promise<number>;
  /** Contacts of the import that are still there. */
  countImported(act: Act, importId: string): Promise<number>;
}
