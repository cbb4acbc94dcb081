import * as operations from '../../../shared/workspace/workspace-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { setMessageDays } from './set-message-days.ts';

export const workspaceVerbs: BoundVerb[] = [bindVerb(operations.setMessageDays, setMessageDays)];
