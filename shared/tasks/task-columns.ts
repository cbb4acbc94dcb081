import { syncedTable } from '../protocol/synced-table.ts';

export const tasksTable = syncedTable('tasks', {
  title: 'text',
  body: 'text',
  dueAt: 'instant',
  allDay: 'boolean',
  remindAt: 'instant',
  ownerId: 'uuid',
  contactId: 'uuid',
  conversationId: 'uuid',
  createdById: 'uuid',
  completedAt: 'instant',
  completedById: 'uuid',
  createdAt: 'instant',
  updatedAt: 'instant',
});
