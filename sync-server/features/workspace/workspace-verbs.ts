import * as operations from '../../../shared/workspace/workspace-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import * as settings from '../../../shared/workspace/settings-operations.ts';
import { addPhoneNumber, labelPhoneNumber, removePhoneNumber } from './phone-numbers.ts';
import { exportSettings, importSettings } from './settings-file.ts';
import { updateWorkspace } from './update-workspace.ts';
import { setMessageDays } from './set-message-days.ts';

export const workspaceVerbs: BoundVerb[] = [
  bindVerb(operations.setMessageDays, setMessageDays),
  bindVerb(settings.updateWorkspace, updateWorkspace),
  bindVerb(settings.exportSettings, exportSettings),
  bindVerb(settings.importSettings, importSettings),
  bindVerb(settings.addPhoneNumber, addPhoneNumber),
  bindVerb(settings.labelPhoneNumber, labelPhoneNumber),
  bindVerb(settings.removePhoneNumber, removePhoneNumber),
];
