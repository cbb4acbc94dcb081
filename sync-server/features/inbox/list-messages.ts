import { count, desc, eq } from 'drizzle-orm';
import type { listMessages as operation } from '../../../shared/inbox/inbox-operations.ts';
import type { Message } from '../../../shared/inbox/message.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Verb } from '../../db/act.ts';
import { offsetOf } from '../../db/page.ts';
import { findConversation } from './conversation-read-model.ts';
import { messages } from './message-table.ts';

export const conversationNotFound = () =>
  new AppError('not_found', 'This conversation does not exist any more. Nothing was changed.');

/** Newest first, whatever order was asked: a conversation is read from its end. */
export const listMessages: Verb<typeof operation> = async ({ tx, tenantId }, { conversationId, ...query }) => {
  const conversation = await findConversation(tx, tenantId, conversationId);
  if (!conversation) throw conversationNotFound();
  const matches = eq(messages.conversationId, conversation.id);
  const [counted] = await tx.select({ total: count() }).from(messages).where(matches);
  const rows = await tx
    .select()
    .from(messages)
    .where(matches)
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(query.limit)
    .offset(offsetOf(query));
  return { data: rows.map(toMessage), page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};

export const toMessage = (row: typeof messages.$inferSelect): Message => ({
  id: row.id,
  conversationId: row.conversationId,
  contactId: row.contactId,
  channel: row.channel,
  direction: row.direction,
  body: row.body,
  status: row.status,
  failure: row.failure,
  authorId: row.authorId,
  createdAt: row.createdAt,
  sentAt: row.sentAt,
  deliveredAt: row.deliveredAt,
});
