import { sql, type SQL } from 'drizzle-orm';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { SegmentContext } from '../../../../shared/segments/prepare-rule.ts';
import { automationConditions } from '../../../../shared/statuses/status-automation.ts';
import type { Tx } from '../../../db/tx.ts';
import { ruleToCondition, segmentContext } from '../../segments/segment-read-model.ts';

/** Conditions as an expression beside a row of `contacts`, called `c`. Throws for what cannot be read. */
export type ToCondition = (conditions: unknown) => SQL;

/** Reads what conditions may refer to once, for one moment. */
export async function conditionsAt(tx: Tx, tenantId: string, now: Instant): Promise<ToCondition> {
  const context = await segmentContext({ tx, tenantId, now });
  return (conditions) => toCondition(conditions, context);
}

function toCondition(given: unknown, context: SegmentContext): SQL {
  if (given === null || given === undefined) return sql`true`;
  const { rule, campaignIds, journeyIds } = automationConditions.parse(given);
  // Contacts are in no campaign and no journey yet, so nobody is in one of these.
  if (campaignIds.length || journeyIds.length) return sql`false`;
  return rule ? ruleToCondition(rule, context, 'c') : sql`true`;
}
