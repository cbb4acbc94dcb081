import { metChangesTable } from '../../../shared/merges/merge-columns.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Meetings are for those who can settle them. */
export const mergeShapes: readonly ShapeRule[] = [{ table: metChangesTable, role: 'AGENT', scope: 'tenant' }];
