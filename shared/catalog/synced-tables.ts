import { contactsTable, contactTagsTable, groupMembersTable, notesTable } from '../contacts/contact-columns.ts';
import { conversationsTable, messagesTable } from '../inbox/inbox-columns.ts';
import { metChangesTable } from '../merges/merge-columns.ts';
import { actsTable } from '../activity/act-columns.ts';
import { notificationsTable } from '../notifications/notification-columns.ts';
import { tasksTable } from '../tasks/task-columns.ts';
import { adminItemsTable, ownItemsTable } from '../workspace/item-columns.ts';
import type { SyncedTable } from '../protocol/synced-table.ts';
import { workspaceItemsTable, writeReceiptsTable } from '../workspace/workspace-columns.ts';

/** Every shape of the product, one table each. The name of the table is the name of its shape (`/api/shapes/contacts`). */
export const SYNCED_TABLES = [
  workspaceItemsTable,
  contactsTable,
  contactTagsTable,
  groupMembersTable,
  notesTable,
  conversationsTable,
  messagesTable,
  metChangesTable,
  tasksTable,
  notificationsTable,
  actsTable,
  ownItemsTable,
  adminItemsTable,
  writeReceiptsTable,
] as const satisfies readonly SyncedTable[];

export type SyncedTableName = (typeof SYNCED_TABLES)[number]['name'];
