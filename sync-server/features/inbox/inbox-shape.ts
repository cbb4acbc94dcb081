import { conversationsTable, messagesTable } from '../../../shared/inbox/inbox-columns.ts';
import { MESSAGE_DAYS } from '../../../shared/workspace/message-days.ts';
import type { ShapeRule } from '../../shapes/shape-rule.ts';

/** Everybody in a tenant sees all its conversations. Of the messages a desktop may keep the newest only. */
export const inboxShapes: readonly ShapeRule[] = [
  { table: conversationsTable, role: 'VIEWER', scope: 'tenant' },
  {
    table: messagesTable,
    role: 'VIEWER',
    scope: 'tenant',
    window: { column: 'created_at', days: MESSAGE_DAYS.filter((days) => days !== null) },
  },
];
