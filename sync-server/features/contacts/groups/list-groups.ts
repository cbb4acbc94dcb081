import { and, count, eq, ilike, sql } from 'drizzle-orm';
import type { listGroups as operation } from '../../../../shared/contacts/group-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../../db/page.ts';
import { contactGroups } from './group-table.ts';

const members = sql<number>`(select count(*)::int from group_members m where m.group_id = contact_groups.id)`;

export const listGroups: Verb<typeof operation> = async ({ tx, tenantId }, { search, ...query }) => {
  const matches = and(
    eq(contactGroups.tenantId, tenantId),
    search ? ilike(contactGroups.name, containing(search)) : undefined,
  );
  const [counted] = await tx.select({ total: count() }).from(contactGroups).where(matches);
  const { id, name, description } = contactGroups;
  const data = await tx
    .select({ id, name, description, members })
    .from(contactGroups)
    .where(matches)
    .orderBy(...orderOf(name, id, query.sortOrder))
    .limit(query.limit)
    .offset(offsetOf(query));
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};
