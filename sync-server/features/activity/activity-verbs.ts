import * as operations from '../../../shared/activity/activity-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import type { Inverses } from './inverse.ts';
import { listActivity } from './list-activity.ts';
import { undoAct } from './undo-act.ts';

export const createActivityVerbs = (inverses: Inverses): BoundVerb[] => [
  bindVerb(operations.undoAct, undoAct(inverses)),
  bindVerb(operations.listActivity, listActivity),
];
