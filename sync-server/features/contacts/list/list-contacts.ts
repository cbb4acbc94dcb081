import { and, count, eq, like } from 'drizzle-orm';
import type { listContacts as operation } from '../../../shared/contacts/contact-operations.ts';
import { toSearchText } from '../../../shared/kernel/search-text.ts';
import type { Verb } from '../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../db/page.ts';
import { groupIds, tagNames, toContact } from './contact-read-model.ts';
import { contacts } from './contact-table.ts';

const SORT_COLUMN = {
  name: contacts.nameKey,
  score: contacts.leadScore,
  createdAt: contacts.createdAt,
  lastInteractionAt: contacts.lastInteractionAt,
};

/** A contact matches when every word of the search occurs somewhere in its name, company, e-mail or phone. */
export const listContacts: Verb<typeof operation> = async ({ tx, tenantId }, query) => {
  const words = toSearchText(query.search ?? '')
    .split(' ')
    .filter(Boolean);
  const matches = and(eq(contacts.tenantId, tenantId), ...words.map((word) => like(contacts.search, containing(word))));
  const [counted] = await tx.select({ total: count() }).from(contacts).where(matches);
  const found = await tx
    .select({ row: contacts, tags: tagNames, groups: groupIds })
    .from(contacts)
    .where(matches)
    .orderBy(...orderOf(SORT_COLUMN[query.sortBy ?? 'name'], contacts.id, query.sortOrder))
    .limit(query.limit)
    .offset(offsetOf(query));
  return {
    data: found.map(({ row, tags, groups }) => toContact(row, tags, groups)),
    page: query.page,
    limit: query.limit,
    total: counted?.total ?? 0,
  };
};
