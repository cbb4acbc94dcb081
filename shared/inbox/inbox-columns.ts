import { syncedTable } from '../protocol/synced-table.ts';

export const conversationsTable = syncedTable('conversations', {
  contactId: 'uuid',
  channel: 'text',
  phoneNumberId: 'uuid',
  status: 'text',
  lastMessageAt: 'instant',
  lastMessagePreview: 'text',
  lastMessageDirection: 'text',
  /** Since when the contact has been waiting for an answer; null when nobody waits. */
  waitingSince: 'instant',
  createdAt: 'instant',
  updatedAt: 'instant',
});

export const messagesTable = syncedTable('messages', {
  conversationId: 'uuid',
  contactId: 'uuid',
  channel: 'text',
  direction: 'text',
  body: 'text',
  status: 'text',
  /** Why it failed, in words for people, with the vendor's code. */
  failure: 'text',
  fromAddress: 'text',
  toAddress: 'text',
  authorId: 'uuid',
  createdAt: 'instant',
  sentAt: 'instant',
  deliveredAt: 'instant',
});
