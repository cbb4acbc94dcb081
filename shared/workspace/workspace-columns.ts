import { syncedTable } from '../protocol/synced-table.ts';

/**
 * Small configuration entities share one shape: each row carries its kind and its public columns as `body`.
 * On the server they are ordinary tables; a trigger publishes them here in the same transaction.
 */
export const workspaceItemsTable = syncedTable('workspace_items', { kind: 'text', body: 'json' });

/**
 * The server's decision about each write of this device, written in the verb's own transaction.
 * `id` is the write id. `status` is `accepted` or `refused`. It confirms a write even when its reply was lost.
 */
export const writeReceiptsTable = syncedTable('write_receipts', {
  status: 'text',
  code: 'text',
  message: 'text',
  createdAt: 'instant',
});
