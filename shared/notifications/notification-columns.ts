import { syncedTable } from '../protocol/synced-table.ts';

/** Each person replicates their own. */
export const notificationsTable = syncedTable('notifications', {
  kind: 'text',
  status: 'text',
  contactId: 'uuid',
  conversationId: 'uuid',
  taskId: 'uuid',
  params: 'json',
  count: 'integer',
  createdAt: 'instant',
  readAt: 'instant',
});
