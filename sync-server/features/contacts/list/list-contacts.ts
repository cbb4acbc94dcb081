import { and, count, eq, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { filterToRule } from '../../../../shared/segments/filter-rule.ts';
import type * as operations from '../../../../shared/segments/list-operations.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { inTime } from '../../../db/in-time.ts';
import { offsetOf, orderOf } from '../../../db/page.ts';
import { groupIds, tagNames, toContact } from '../contact-read-model.ts';
import { whereRule } from '../../segments/segment-read-model.ts';
import { contacts } from '../contact-table.ts';

/** Statuses, stages and moods sort as the workspace put them in order, as in the app. */
const SORT_COLUMN: Record<(typeof operations.CONTACT_SORTS)[number], AnyColumn | SQL> = {
  name: contacts.nameKey,
  score: contacts.leadScore,
  createdAt: contacts.createdAt,
  date: contacts.createdAt,
  lastInteractionAt: contacts.lastInteractionAt,
  company: sql`nullif(lower(${contacts.company}), '')`,
  status: sql`(select l.display_order from lead_statuses l where l.tenant_id = contacts.tenant_id and l.key = contacts.lead_status)`,
  stage: sql`(select p.display_order * 10001 + s.display_order from stages s join pipelines p on p.id = s.pipeline_id where s.id = contacts.stage_id)`,
  sentiment: sql`strpos('unsure ghosted cold hot', ${contacts.sentiment})`,
  value: contacts.estimatedRevenueCents,
  stageEnteredAt: contacts.stageEnteredAt,
  lastInboundAt: contacts.lastInboundAt,
};

const matching = async (act: Act, filter: operations.ContactFilter): Promise<SQL | undefined> =>
  and(eq(contacts.tenantId, act.tenantId), await whereRule(act, filterToRule(filter)));

export const listContacts: Verb<typeof operations.listContacts> = async (act, { page, limit, ...query }) => {
  const { sortBy = 'name', sortOrder, ...filter } = query;
  const matches = await matching(act, filter);
  const [counted] = await inTime(act.tx, () => act.tx.select({ total: count() }).from(contacts).where(matches));
  const found = await inTime(act.tx, () =>
    act.tx
      .select({ row: contacts, tags: tagNames, groups: groupIds })
      .from(contacts)
      .where(matches)
      .orderBy(...orderOf(SORT_COLUMN[sortBy], contacts.id, sortOrder))
      .limit(limit)
      .offset(offsetOf({ page, limit })),
  );
  return {
    data: found.map(({ row, tags, groups }) => toContact(row, tags, groups)),
    page,
    limit,
    total: counted?.total ?? 0,
  };
};

export const listContactIds: Verb<typeof operations.listContactIds> = async (act, filter) => {
  const matches = await matching(act, filter);
  const rows = await inTime(act.tx, () =>
    act.tx.select({ id: contacts.id }).from(contacts).where(matches).orderBy(contacts.id),
  );
  return { data: rows.map(({ id }) => id), total: rows.length };
};

export const countContacts: Verb<typeof operations.countContacts> = async (act, filter) => {
  const matches = await matching(act, filter);
  const [counted] = await inTime(act.tx, () => act.tx.select({ total: count() }).from(contacts).where(matches));
  return { totalCount: counted?.total ?? 0 };
};
