import { adminItemsTable, ownItemsTable } from '../../../shared/workspace/item-columns.ts';
import { workspaceItemsTable, writeReceiptsTable } from '../../../shared/workspace/workspace-columns.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Configuration is for everybody in the tenant; some of it for administrators or for one person; decisions about writes for the device that made them. */
export const workspaceShapes: readonly ShapeRule[] = [
  { table: workspaceItemsTable, role: 'VIEWER', scope: 'tenant' },
  { table: ownItemsTable, role: 'VIEWER', scope: 'user' },
  { table: adminItemsTable, role: 'ADMIN', scope: 'tenant' },
  { table: writeReceiptsTable, role: 'VIEWER', scope: 'device' },
];
