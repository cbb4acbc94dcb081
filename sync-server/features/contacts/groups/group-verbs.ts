import * as operations from '../../../../shared/contacts/group-operations.ts';
import { bindVerb, type BoundVerb } from '../../../db/act.ts';
import { createGroup, deleteGroup, updateGroup } from './change-group.ts';
import { addToGroup, removeFromGroup } from './change-members.ts';
import { listGroups } from './list-groups.ts';

export const groupVerbs: BoundVerb[] = [
  bindVerb(operations.listGroups, listGroups),
  bindVerb(operations.createGroup, createGroup),
  bindVerb(operations.updateGroup, updateGroup),
  bindVerb(operations.deleteGroup, deleteGroup),
  bindVerb(operations.addToGroup, addToGroup),
  bindVerb(operations.removeFromGroup, removeFromGroup),
];
