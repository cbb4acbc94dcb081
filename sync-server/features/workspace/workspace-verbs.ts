import * as operations from '../../../shared/workspace/workspace-operations.ts';
import { bindPrepared, bindVerb, type BoundVerb } from '../../db/act.ts';
import * as settings from '../../../shared/workspace/settings-operations.ts';
import { addPhoneNumber, type NumberClaims } from './add-phone-number.ts';
import { labelPhoneNumber, removePhoneNumber } from './phone-numbers.ts';
import { exportSettings, importSettings } from './settings-file.ts';
import { updateWorkspace } from './update-workspace.ts';
import { setMessageDays } from './set-message-days.ts';

export const createWorkspaceVerbs = (claims: NumberClaims): BoundVerb[] => [
  bindVerb(operations.setMessageDays, setMessageDays),
  bindVerb(settings.updateWorkspace, updateWorkspace),
  bindVerb(settings.exportSettings, exportSettings),
  bindVerb(settings.importSettings, importSettings),
  bindPrepared(settings.addPhoneNumber, addPhoneNumber(claims)),
  bindVerb(settings.labelPhoneNumber, labelPhoneNumber),
  bindVerb(settings.removePhoneNumber, removePhoneNumber),
];
