import { syncedTable } from '../protocol/synced-table.ts';

/** Like `workspace_items`, for one person alone: their devices, tokens, notification settings. See people/own-item.ts. */
export const ownItemsTable = syncedTable('own_items', { kind: 'text', body: 'json' });

/** Like `workspace_items`, for administrators alone: invitations, everybody’s devices and tokens, exports, integrations. See people/own-item.ts. */
export const adminItemsTable = syncedTable('admin_items', { kind: 'text', body: 'json' });
