import { z } from 'zod';
import { operation } from '../protocol/operation.ts';
import { listOf, listQuery } from '../protocol/list.ts';
import type { Patch } from '../protocol/patch.ts';
import {
  conversation,
  conversationIdOf,
  message,
  messagePreview,
  CONVERSATION_STATUSES,
  SMS_MAX_LENGTH,
} from './message.ts';

export const listConversations = operation({
  name: 'conversations.list',
  kind: 'query',
  agent: true,
  summary: 'List conversations, the longest waiting first.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/conversations' }],
  input: listQuery(['waitingSince', 'lastMessageAt']).extend({ status: z.enum(CONVERSATION_STATUSES).optional() }),
  output: listOf(conversation),
});

export const listMessages = operation({
  name: 'messages.list',
  kind: 'query',
  agent: true,
  summary: 'List the messages of a conversation, newest first.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/conversations/:conversationId/messages' }],
  input: listQuery(['createdAt']).extend({ conversationId: z.uuid() }),
  output: listOf(message),
});

/**
 * Texts a contact, in the contact's one SMS conversation (`conversationIdOf`), which is made if there is none.
 * Refused with `not_allowed_now` for a contact who opted out or has no phone number.
 */
export const sendMessage = operation({
  name: 'messages.send',
  kind: 'command',
  agent: true,
  summary: 'Send a text message to a contact.',
  role: 'AGENT',
  routes: [{ method: 'POST', path: '/messages' }],
  input: z.object({
    id: z.uuid().optional(),
    contactId: z.uuid(),
    body: z.string().trim().min(1, 'Write something first').max(SMS_MAX_LENGTH),
  }),
  output: z.object({ id: z.uuid(), conversationId: z.uuid() }),
  patches: ({ id, contactId, body }, { now, userId }): Patch[] => {
    if (!id) return [];
    const conversationId = conversationIdOf(contactId, 'sms');
    return [
      {
        kind: 'insert',
        table: 'conversations',
        id: conversationId,
        values: { contactId, channel: 'sms', status: 'OPEN', createdAt: now, updatedAt: now },
      },
      {
        kind: 'set',
        table: 'conversations',
        ids: [conversationId],
        values: {
          status: 'OPEN',
          lastMessageAt: now,
          lastMessagePreview: messagePreview(body),
          lastMessageDirection: 'out',
          waitingSince: null,
          updatedAt: now,
        },
      },
      {
        kind: 'insert',
        table: 'messages',
        id,
        values: {
          conversationId,
          contactId,
          channel: 'sms',
          direction: 'out',
          body,
          status: 'queued',
          authorId: userId,
          createdAt: now,
        },
      },
    ];
  },
});

export const setConversationStatus = operation({
  name: 'conversations.setStatus',
  kind: 'command',
  agent: true,
  summary: 'Open, close or archive a conversation. Closing also says that nobody waits any more.',
  role: 'AGENT',
  routes: [{ method: 'PATCH', path: '/conversations/:id' }],
  input: z.object({ id: z.uuid(), status: z.enum(CONVERSATION_STATUSES) }),
  output: z.object({ id: z.uuid() }),
  patches: ({ id, status }, { now }) => [
    {
      kind: 'set',
      table: 'conversations',
      ids: [id],
      values: { status, updatedAt: now, ...(status === 'OPEN' ? {} : { waitingSince: null }) },
    },
  ],
});
