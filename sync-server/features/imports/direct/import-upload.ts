import { importChoices, importTable } from '../../../../shared/imports/import-operations.ts';
import type { Operation } from '../../../../shared/protocol/operation.ts';
import type { Act } from '../../../db/act.ts';
import { readUpload } from './read-upload.ts';
import { takeTable, type ImportChoices } from './take-table.ts';

/** The same import with its rows in a file. */
export const IMPORT_UPLOAD = {
  operation: importTable as unknown as Operation,
  input: importChoices,
  take: async (act: Act, file: { path: string }, choices: ImportChoices) =>
    takeTable(act, await readUpload(file.path), choices),
};
