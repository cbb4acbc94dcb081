import { and, count, eq, sql } from 'drizzle-orm';
import type { listContactConversations as operation } from '../../../shared/inbox/contact-conversation-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Verb } from '../../db/act.ts';
import { offsetOf, orderOf } from '../../db/page.ts';
import { findContact } from '../contacts/contact-read-model.ts';
import { conversations } from './conversation-table.ts';

const messages = sql<number>`(select count(*)::int from messages m where m.conversation_id = conversations.id)`;

export const listContactConversations: Verb<typeof operation> = async ({ tx, tenantId }, { id, ...query }) => {
  const contact = await findContact(tx, tenantId, id);
  if (!contact) throw new AppError('not_found', 'This contact does not exist any more.');
  const matches = and(eq(conversations.tenantId, tenantId), eq(conversations.contactId, contact.id));
  const [counted] = await tx.select({ total: count() }).from(conversations).where(matches);
  const data = await tx
    .select({
      id: conversations.id,
      contactId: conversations.contactId,
      channel: conversations.channel,
      status: conversations.status,
      lastMessageAt: conversations.lastMessageAt,
      lastMessagePreview: conversations.lastMessagePreview,
      lastMessageDirection: conversations.lastMessageDirection,
      waitingSince: conversations.waitingSince,
      messages,
    })
    .from(conversations)
    .where(matches)
    .orderBy(...orderOf(conversations.lastMessageAt, conversations.id, query.sortBy ? query.sortOrder : 'desc'))
    .limit(query.limit)
    .offset(offsetOf(query));
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};
