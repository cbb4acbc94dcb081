import { and, count, desc, eq, ilike, sql } from 'drizzle-orm';
import type { SegmentProblem } from '../../../shared/segments/prepare-rule.ts';
import type * as operations from '../../../shared/segments/segment-operations.ts';
import { EVERYBODY } from '../../../shared/segments/segment.ts';
import type { Verb } from '../../db/act.ts';
import { inTime } from '../../db/in-time.ts';
import { containing, offsetOf, orderOf } from '../../db/page.ts';
import { groupIds, tagNames, toContact } from '../contacts/contact-read-model.ts';
import { contacts } from '../contacts/contact-table.ts';
import { countContacts, ruleToCondition, segmentContext } from './segment-read-model.ts';
import { readMeaning, segmentNotFound, toSegment } from './segment-store.ts';
import { segments } from './segment-table.ts';

const SORT_COLUMN = { name: segments.name, createdAt: segments.createdAt, updatedAt: segments.updatedAt };

export const listSegments: Verb<typeof operations.listSegments> = async ({ tx, tenantId }, query) => {
  const { search } = query;
  const matches = and(eq(segments.tenantId, tenantId), search ? ilike(segments.name, containing(search)) : undefined);
  const [counted] = await tx.select({ total: count() }).from(segments).where(matches);
  const rows = await tx
    .select()
    .from(segments)
    .where(matches)
    .orderBy(...orderOf(SORT_COLUMN[query.sortBy ?? 'name'], segments.id, query.sortOrder))
    .limit(query.limit)
    .offset(offsetOf(query));
  return { data: rows.map(toSegment), page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};

export const getSegment: Verb<typeof operations.getSegment> = async (act, { id }) => {
  const [row] = await act.tx
    .select()
    .from(segments)
    .where(and(eq(segments.tenantId, act.tenantId), eq(segments.id, id)));
  if (!row) throw segmentNotFound();
  const problems: SegmentProblem[] = [];
  const inIt = { field: 'segment', op: 'in', id } as const;
  const condition = ruleToCondition(inIt, await segmentContext(act), 'contacts', (problem) => problems.push(problem));
  return { ...toSegment(row), contacts: await countContacts(act, condition), problems };
};

export const countMatching: Verb<typeof operations.countMatching> = async (act, { sample, ...given }) => {
  const { rule } = readMeaning(given);
  const problems: SegmentProblem['problem'][] = [];
  const context = await segmentContext(act);
  const condition = ruleToCondition(rule ?? EVERYBODY, context, 'contacts', ({ problem }) => problems.push(problem));
  const rows = await inTime(act.tx, () =>
    act.tx
      .select({ row: contacts, tags: tagNames, groups: groupIds })
      .from(contacts)
      .where(and(eq(contacts.tenantId, act.tenantId), sql`${condition}`))
      .orderBy(desc(contacts.createdAt), desc(contacts.id))
      .limit(sample),
  );
  const shown = rows.map(({ row, tags, groups }) => toContact(row, tags, groups));
  return { count: await countContacts(act, condition), sample: shown, problems };
};
