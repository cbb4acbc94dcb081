import * as operations from '../../../shared/imports/import-operations.ts';
import { bindVerb } from '../../db/act.ts';
import { addImportRows } from './add-import-rows.ts';
import { importSent } from './direct/import-sent.ts';
import { listImportProblems } from './list-import-problems.ts';
import { pauseImport } from './pause-import.ts';
import { runImport } from './run-import.ts';
import { startImport } from './start-import.ts';
import { undoImport } from './undo-import.ts';

export const importVerbs = [
  bindVerb(operations.importTable, importSent),
  bindVerb(operations.startImport, startImport),
  bindVerb(operations.addImportRows, addImportRows),
  bindVerb(operations.runImport, runImport),
  bindVerb(operations.pauseImport, pauseImport),
  bindVerb(operations.undoImport, undoImport),
  bindVerb(operations.listImportProblems, listImportProblems),
];
