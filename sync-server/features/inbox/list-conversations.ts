import { and, count, eq, like, sql } from 'drizzle-orm';
import type { listConversations as operation } from '../../../shared/inbox/inbox-operations.ts';
import { toSearchText } from '../../../shared/kernel/search-text.ts';
import type { Verb } from '../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../db/page.ts';
import { conversations } from './conversation-table.ts';

/** The longest waiting first unless another order is asked. A search looks for the contact. */
export const listConversations: Verb<typeof operation> = async ({ tx, tenantId }, { status, search, ...query }) => {
  const text = toSearchText(search ?? '');
  const matches = and(
    eq(conversations.tenantId, tenantId),
    status ? eq(conversations.status, status) : undefined,
    text
      ? like(sql`(select c.search from contacts c where c.id = conversations.contact_id)`, containing(text))
      : undefined,
  );
  const column = query.sortBy === 'lastMessageAt' ? conversations.lastMessageAt : conversations.waitingSince;
  const [counted] = await tx.select({ total: count() }).from(conversations).where(matches);
  const rows = await tx
    .select()
    .from(conversations)
    .where(matches)
    .orderBy(...orderOf(column, conversations.id, query.sortOrder))
    .limit(query.limit)
    .offset(offsetOf(query));
  const data = rows.map((row) => ({
    id: row.id,
    contactId: row.contactId,
    channel: row.channel,
    status: row.status,
    lastMessageAt: row.lastMessageAt,
    lastMessagePreview: row.lastMessagePreview,
    lastMessageDirection: row.lastMessageDirection,
    waitingSince: row.waitingSince,
  }));
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};
