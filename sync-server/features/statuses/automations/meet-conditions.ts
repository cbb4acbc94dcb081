import { sql, type SQL } from 'drizzle-orm';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { prepareRule, type KnownSegment, type SegmentContext } from '../../../../shared/segments/prepare-rule.ts';
import { segmentRule } from '../../../../shared/segments/segment.ts';
import { segmentToSql } from '../../../../shared/segments/sql/segment-to-sql.ts';
import type { SqlText } from '../../../../shared/segments/sql/sql-text.ts';
import { automationConditions } from '../../../../shared/statuses/status-automation.ts';
import type { Tx } from '../../../db/tx.ts';

/** Conditions as an expression beside a row of `contacts`, called `c`. Throws for what cannot be read. */
export type ToCondition = (conditions: unknown) => SQL;

/** Reads what conditions may refer to once, for one moment. */
export async function conditionsAt(tx: Tx, tenantId: string, now: Instant): Promise<ToCondition> {
  const segments = new Map<string, KnownSegment>();
  const { rows } = await tx.execute<{ id: string; kind: 'dynamic' | 'static'; rule: unknown }>(
    sql`select id, kind, rule from segments where tenant_id = ${tenantId}`,
  );
  for (const { id, kind, rule } of rows) {
    const read = segmentRule.safeParse(rule);
    segments.set(id, kind === 'static' ? { kind } : { kind, rule: read.success ? read.data : null });
  }
  const zones = await tx.execute<{ zone: string | null }>(
    sql`select timezone as zone from tenants where id = ${tenantId}`,
  );
  const zone = zones.rows[0]?.zone ?? 'UTC';
  const context: SegmentContext = { now, zone, tenantId, findSegment: (id) => segments.get(id) ?? null };
  return (conditions) => toCondition(conditions, context);
}

function toCondition(given: unknown, context: SegmentContext): SQL {
  if (given === null || given === undefined) return sql`true`;
  const { rule, campaignIds, journeyIds } = automationConditions.parse(given);
  // Contacts are in no campaign and no journey yet, so nobody is in one of these.
  if (campaignIds.length || journeyIds.length) return sql`false`;
  return rule ? toDrizzle(segmentToSql(prepareRule(rule, context), 'postgres')) : sql`true`;
}

/** Lists stay one parameter each. */
const toDrizzle = ({ strings, values }: SqlText): SQL =>
  sql.join(strings.flatMap((text, i) => [...(i ? [sql`${sql.param(values[i - 1])}`] : []), sql.raw(text)]));
