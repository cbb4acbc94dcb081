import { workspaceItemsTable, writeReceiptsTable } from '../../../shared/workspace/workspace-columns.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Configuration is for everybody in the tenant; decisions about writes only for the device that made them. */
export const workspaceShapes: readonly ShapeRule[] = [
  { table: workspaceItemsTable, role: 'VIEWER', scope: 'tenant' },
  { table: writeReceiptsTable, role: 'VIEWER', scope: 'device' },
];
