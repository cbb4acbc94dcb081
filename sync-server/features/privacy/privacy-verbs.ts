import * as operations from '../../../shared/workspace/privacy-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import type { Seal } from '../../db/sealed.ts';
import { eraseContact } from './erase-contact.ts';
import { exportContact } from './export-contact.ts';
import { exportData, linkExport } from './export-data.ts';

export const createPrivacyVerbs = (seal: Seal, publicUrl: string): BoundVerb[] => [
  bindVerb(operations.exportData, exportData),
  bindVerb(operations.linkExport, linkExport(seal, publicUrl)),
  bindVerb(operations.exportContact, exportContact),
  bindVerb(operations.eraseContact, eraseContact(seal)),
];
