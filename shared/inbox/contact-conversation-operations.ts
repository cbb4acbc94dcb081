import { z } from 'zod';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';
import { conversation } from './message.ts';

/** Matches the inbox: one conversation per channel, with how many messages it has and when the last one was. */
export const listContactConversations = operation({
  name: 'contacts.conversations',
  kind: 'query',
  agent: true,
  summary: 'List the conversations with a contact, the latest first.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/contacts/:id/conversations' }],
  input: listQuery(['lastMessageAt']).extend({ id: z.uuid() }),
  output: listOf(conversation.extend({ messages: z.number().int() })),
});
