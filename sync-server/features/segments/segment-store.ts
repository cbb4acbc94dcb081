import { and, eq, sql } from 'drizzle-orm';
import { groupMemberIdOf } from '../../../shared/contacts/group-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { prepareRule } from '../../../shared/segments/prepare-rule.ts';
import { readSegmentInput } from '../../../shared/segments/read-segment-input.ts';
import type { SegmentRow } from '../../../shared/segments/segment-operations.ts';
import { EVERYBODY, leavesOf, segmentRule, type SegmentRule } from '../../../shared/segments/segment.ts';
import type { Act } from '../../db/act.ts';
import { inTime } from '../../db/in-time.ts';
import { ruleToCondition, segmentContext } from './segment-read-model.ts';
import { segments } from './segment-table.ts';

type StoredSegment = typeof segments.$inferSelect;

export const segmentNotFound = () =>
  new AppError('not_found', 'This segment does not exist any more. Nothing was changed.');

/** The segment, locked until the act is done. */
export async function lockSegment({ tx, tenantId }: Act, id: string): Promise<StoredSegment> {
  const [row] = await tx
    .select()
    .from(segments)
    .where(and(eq(segments.tenantId, tenantId), eq(segments.id, id)))
    .for('update');
  if (!row) throw segmentNotFound();
  return row;
}

export function toSegment(row: StoredSegment): SegmentRow {
  const { tenantId: _, ...shown } = row;
  const { data } = segmentRule.safeParse(row.rule);
  // One of a newer version that was taken back means nobody here.
  return { ...shown, rule: data ?? { any: [] } };
}

/** What was said of a segment’s rule and kind; `invalid_input` where it is not understood. */
export function readMeaning(given: Parameters<typeof readSegmentInput>[0]): {
  rule: SegmentRule | null;
  kind: 'dynamic' | 'static' | null;
} {
  const read = readSegmentInput(given);
  if (read.ok) return { rule: read.rule ?? null, kind: read.kind };
  throw new AppError('invalid_input', `${read.message} Nothing was changed.`, { fields: { rule: read.message } });
}

/** A segment may refer to others, never to itself by way of them: nobody could say who is in it. */
export async function assertNoCycle(act: Act, id: string, rule: SegmentRule): Promise<void> {
  if (![...leavesOf(rule)].some(({ field }) => field === 'segment')) return;
  const context = await segmentContext(act);
  const findSegment: typeof context.findSegment = (other) =>
    other === id ? { kind: 'dynamic', rule } : context.findSegment(other);
  let cycle = false;
  prepareRule({ field: 'segment', op: 'in', id }, { ...context, findSegment }, ({ problem }) => {
    cycle ||= problem === 'cycle';
  });
  if (cycle)
    throw new AppError(
      'invalid_input',
      'This segment would be part of itself, by way of the segments it refers to. Nothing was changed.',
      { fields: { rule: 'Leads back to this segment' } },
    );
}

/** Ids are made here, so that an offline desktop and the server make the same row of one membership. */
const SLICE = 5_000;

/** Puts everybody whom the rule means now into a static segment, in place of who was in it. Answers how many they are. */
export async function freezeMembers(act: Act, segmentId: string, rule: SegmentRule | null): Promise<number> {
  const { tx, tenantId, now } = act;
  const condition = ruleToCondition(rule ?? EVERYBODY, await segmentContext(act));
  const { rows } = await inTime(tx, () =>
    tx.execute<{ id: string }>(
      sql`select contacts.id from contacts where contacts.tenant_id = ${tenantId} and ${condition} order by contacts.id`,
    ),
  );
  await dropMembers(act, segmentId);
  for (let from = 0; from < rows.length; from += SLICE) {
    const contactIds = rows.slice(from, from + SLICE).map(({ id }) => id);
    await addMembers(act, segmentId, contactIds, now);
  }
  return rows.length;
}

/** Contacts that are gone meanwhile are left out. */
export async function addMembers(
  { tx, tenantId }: Act,
  segmentId: string,
  contactIds: readonly string[],
  at: number,
): Promise<void> {
  const ids = contactIds.map((contactId) => groupMemberIdOf(contactId, segmentId));
  await tx.execute(sql`
    insert into group_members (id, tenant_id, contact_id, group_id, created_at)
    select m.id, ${tenantId}::uuid, m.contact_id, ${segmentId}::uuid, ${new Date(at).toISOString()}::timestamptz
    from unnest(${sql.param(ids)}::uuid[], ${sql.param([...contactIds])}::uuid[]) m (id, contact_id)
    join contacts c on c.id = m.contact_id and c.tenant_id = ${tenantId}
    on conflict do nothing`);
}

export async function dropMembers({ tx, tenantId }: Act, segmentId: string): Promise<void> {
  await tx.execute(sql`delete from group_members where tenant_id = ${tenantId} and group_id = ${segmentId}`);
}

/** Keeps who is in a segment, in the trash of the act of this id, for when it is taken back. */
export async function keepMembers({ tx, tenantId, now }: Act, actId: string, segmentId: string): Promise<void> {
  await tx.execute(sql`
    insert into trash (tenant_id, act_id, contact_id, table_name, row, deleted_at)
    select ${tenantId}::uuid, ${actId}::uuid, m.contact_id, 'group_members', to_jsonb(m), ${new Date(now).toISOString()}::timestamptz
    from group_members m where m.tenant_id = ${tenantId} and m.group_id = ${segmentId}`);
}
