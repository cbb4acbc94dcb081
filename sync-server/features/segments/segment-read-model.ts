import { sql, type SQL } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import {
  prepareRule,
  type KnownSegment,
  type SegmentContext,
  type SegmentProblem,
} from '../../../shared/segments/prepare-rule.ts';
import { idsIn, segmentRule, type SegmentRule } from '../../../shared/segments/segment.ts';
import { segmentToSql } from '../../../shared/segments/sql/segment-to-sql.ts';
import type { SqlText } from '../../../shared/segments/sql/sql-text.ts';
import type { Act } from '../../db/act.ts';
import { inTime } from '../../db/in-time.ts';

/** Whoever asks; nobody in particular where the workspace itself does. */
type Asker = Pick<Act, 'tx' | 'tenantId' | 'now'> & { userId?: string | null };

/** What rules mean at this moment to whoever acts: their zone, else the workspace’s, and the segments that rules refer to. */
export async function segmentContext({ tx, tenantId, userId = null, now }: Asker): Promise<SegmentContext> {
  const { rows } = await tx.execute<{ id: string; kind: 'dynamic' | 'static'; rule: unknown }>(
    sql`select id, kind, case when kind = 'dynamic' then rule end as rule from segments where tenant_id = ${tenantId}`,
  );
  const segments = new Map(rows.map((row) => [row.id, row]));
  const zones = await tx.execute<{ zone: string | null }>(sql`
    select coalesce(u.timezone, t.timezone) as zone from tenants t
    left join users u on u.id = ${userId}::uuid and u.tenant_id = t.id where t.id = ${tenantId}`);
  return { now, zone: zones.rows[0]?.zone ?? 'UTC', tenantId, findSegment: (id) => read(segments.get(id)) };
}

/** A rule that this version cannot read means nobody. */
function read(row: { kind: 'dynamic' | 'static'; rule: unknown } | undefined): KnownSegment | null {
  if (!row) return null;
  if (row.kind === 'static') return { kind: 'static' };
  const { data } = segmentRule.safeParse(row.rule);
  return { kind: 'dynamic', rule: data ?? null };
}

/**
 * A rule as a condition on rows of `contacts`, by the alias the statement gives them. The statement names the tenant itself.
 * References that cannot be followed match nobody and are told to `onProblem`.
 */
export const ruleToCondition = (
  rule: SegmentRule,
  context: SegmentContext,
  alias = 'contacts',
  onProblem?: (problem: SegmentProblem) => void,
): SQL => {
  const text = segmentToSql(prepareRule(rule, context, onProblem), 'postgres', alias);
  if (text.values.length <= MOST_VALUES) return toDrizzle(text);
  throw new AppError(
    'invalid_input',
    'This rule asks for too much at once. Nothing was changed; use fewer conditions.',
    {
      reason: 'rule_too_large',
    },
  );
};

/** A statement of Postgres holds 65,535 values; what stands around the rule has some too. */
const MOST_VALUES = 60_000;

/** A rule as a condition on rows of `contacts`, of this moment and for whoever asks. */
export const whereRule = async (asker: Asker, rule: SegmentRule, alias = 'contacts'): Promise<SQL> =>
  ruleToCondition(rule, await segmentContext(asker), alias);

/** A list stays one parameter: drizzle would make a parameter of each member. */
const toDrizzle = ({ strings, values }: SqlText): SQL =>
  sql.join(strings.flatMap((text, i) => [...(i > 0 ? [sql`${sql.param(values[i - 1])}`] : []), sql.raw(text)]));

/** How many contacts of the tenant a condition means. */
export async function countContacts({ tx, tenantId }: Pick<Act, 'tx' | 'tenantId'>, condition: SQL): Promise<number> {
  const { rows } = await inTime(tx, () =>
    tx.execute<{ count: number }>(
      sql`select count(*)::int as count from contacts where contacts.tenant_id = ${tenantId} and ${condition}`,
    ),
  );
  return rows[0]?.count ?? 0;
}

/**
 * Whatever a rule names by id must be of the workspace when the rule is written: `invalid_input` else. What it named `before` may be gone
 * meanwhile; it means nobody then.
 */
export async function assertNamesOwn(
  { tx, tenantId }: Pick<Act, 'tx' | 'tenantId'>,
  rule: SegmentRule,
  before: SegmentRule | null = null,
): Promise<void> {
  const known = before ? idsIn(before) : new Set<string>();
  const added = [...idsIn(rule)].filter((id) => !known.has(id));
  if (added.length === 0) return;
  const { rows } = await tx.execute(
    sql`select from workspace_items where tenant_id = ${tenantId} and id = any(${sql.param(added)}::uuid[])`,
  );
  if (rows.length === added.length) return;
  const message =
    'The rule names a stage, segment or something else that does not exist any more. Nothing was changed.';
  throw new AppError('invalid_input', message, { fields: { rule: 'Names something that is gone' } });
}
