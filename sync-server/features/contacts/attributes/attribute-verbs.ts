import * as operations from '../../../../shared/contacts/attribute-operations.ts';
import { bindVerb, type BoundVerb } from '../../../db/act.ts';
import { defineAttribute, deleteAttribute, updateAttribute } from './change-attribute.ts';

export const attributeVerbs: BoundVerb[] = [
  bindVerb(operations.defineAttribute, defineAttribute),
  bindVerb(operations.updateAttribute, updateAttribute),
  bindVerb(operations.deleteAttribute, deleteAttribute),
];
