import { sql, type SQL } from 'drizzle-orm';
import { prepareRule, type KnownSegment, type SegmentContext } from '../../../../shared/segments/prepare-rule.ts';
import { leavesOf, segmentRule, type SegmentRule } from '../../../../shared/segments/segment.ts';
import { segmentToSql } from '../../../../shared/segments/sql/segment-to-sql.ts';
import type { SqlText } from '../../../../shared/segments/sql/sql-text.ts';
import type { Act } from '../../../db/act.ts';

type Asking = Pick<Act, 'tx' | 'tenantId' | 'now'>;

/** A rule as a condition on rows of `contacts`, called `alias`. It stands beside the tenant's own condition, never without. */
export async function whereRule(act: Asking, rule: SegmentRule, alias = 'contacts'): Promise<SQL> {
  return toDrizzle(segmentToSql(prepareRule(rule, await contextOf(act, rule)), 'postgres', alias));
}

/** What rules of a tenant mean now, in its own zone. Segments are read only where the rule refers to one. */
export async function contextOf({ tx, tenantId, now }: Asking, rule: SegmentRule): Promise<SegmentContext> {
  const { rows } = await tx.execute<{ zone: string | null }>(
    sql`select timezone as zone from tenants where id = ${tenantId}`,
  );
  const refers = [...leavesOf(rule)].some(({ field }) => field === 'segment');
  const segments = refers ? await loadSegments(tx, tenantId) : new Map<string, KnownSegment>();
  return { now, zone: rows[0]?.zone ?? 'UTC', tenantId, findSegment: (id) => segments.get(id) ?? null };
}

async function loadSegments(tx: Asking['tx'], tenantId: string): Promise<Map<string, KnownSegment>> {
  const { rows } = await tx.execute<{ id: string; kind: 'static' | 'dynamic'; rule: unknown }>(
    sql`select id, kind, rule from segments where tenant_id = ${tenantId}`,
  );
  return new Map(
    rows.map(({ id, kind, rule }): [string, KnownSegment] => {
      if (kind === 'static') return [id, { kind }];
      const read = segmentRule.safeParse(rule);
      return [id, { kind, rule: read.success ? read.data : null }];
    }),
  );
}

function toDrizzle({ strings, values }: SqlText): SQL {
  const parts = strings.flatMap((text, i) => {
    const value = values[i];
    return i < values.length ? [sql.raw(text), sql`${sql.param(value)}`] : [sql.raw(text)];
  });
  return sql.join(parts);
}
