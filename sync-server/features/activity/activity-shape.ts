import { actsTable } from '../../../shared/activity/act-columns.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Who works with contacts sees who did what to them, as far back as the acts are kept. */
export const activityShapes: readonly ShapeRule[] = [{ table: actsTable, role: 'AGENT', scope: 'tenant' }];
