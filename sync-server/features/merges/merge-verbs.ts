import * as operations from '../../../shared/merges/merge-operations.ts';
import { bindVerb, type BoundVerb } from '../../db/act.ts';
import { dismissMerge } from './dismiss-merge.ts';
import type { MergeEditor } from './merge-editor.ts';
import { restoreMerge } from './restore-merge.ts';

export const createMergeVerbs = (editor: MergeEditor): BoundVerb[] => [
  bindVerb(operations.restoreMerge, restoreMerge(editor)),
  bindVerb(operations.dismissMerge, dismissMerge),
];
