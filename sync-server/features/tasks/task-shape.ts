import { tasksTable } from '../../../shared/tasks/task-columns.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Everybody in a tenant sees all its tasks. */
export const taskShapes: readonly ShapeRule[] = [{ table: tasksTable, role: 'VIEWER', scope: 'tenant' }];
