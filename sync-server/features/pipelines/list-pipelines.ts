import { and, asc, count, eq, ilike, inArray, sql } from 'drizzle-orm';
import type {
  getPipeline as getOperation,
  listPipelines as listOperation,
} from '../../../shared/pipelines/pipeline-operations.ts';
import type { OutputOf } from '../../../shared/protocol/operation.ts';
import type { Act, Verb } from '../../db/act.ts';
import { containing, offsetOf, orderOf } from '../../db/page.ts';
import { pipelineNotFound } from './pipeline-store.ts';
import { pipelines, stages, type PipelineRow } from './pipeline-table.ts';

export const listPipelines: Verb<typeof listOperation> = async (act, { search, ...query }) => {
  const { tx, tenantId } = act;
  const matches = and(eq(pipelines.tenantId, tenantId), search ? ilike(pipelines.name, containing(search)) : undefined);
  const [counted] = await tx.select({ total: count() }).from(pipelines).where(matches);
  const rows = await tx
    .select()
    .from(pipelines)
    .where(matches)
    .orderBy(
      ...orderOf(query.sortBy === 'name' ? pipelines.name : pipelines.displayOrder, pipelines.id, query.sortOrder),
    )
    .limit(query.limit)
    .offset(offsetOf(query));
  const data = await withStages(act, rows);
  return { data, page: query.page, limit: query.limit, total: counted?.total ?? 0 };
};

export const getPipeline: Verb<typeof getOperation> = async (act, { id }) => {
  const rows = await act.tx
    .select()
    .from(pipelines)
    .where(and(eq(pipelines.tenantId, act.tenantId), eq(pipelines.id, id)));
  const [found] = await withStages(act, rows);
  if (!found) throw pipelineNotFound();
  return found;
};

/** Each stage in its order, with who stands there and what they are worth. */
async function withStages(
  { tx, tenantId }: Act,
  rows: readonly PipelineRow[],
): Promise<OutputOf<typeof getOperation>[]> {
  if (!rows.length) return [];
  const of = await tx
    .select()
    .from(stages)
    .where(
      and(
        eq(stages.tenantId, tenantId),
        inArray(
          stages.pipelineId,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(stages.displayOrder), asc(stages.id));
  const { rows: sums } = await tx.execute<{ id: string; contacts: number; value: number }>(sql`
    select stage_id as id, count(*)::int as contacts, coalesce(sum(estimated_revenue_cents), 0)::float8 as value
    from contacts where tenant_id = ${tenantId} and stage_id = any(${sql.param(of.map(({ id }) => id))}::uuid[]) group by stage_id`);
  const sumOf = new Map(sums.map(({ id, ...sum }) => [id, sum]));
  return rows.map(({ id, name, displayOrder }) => ({
    id,
    name,
    displayOrder,
    stages: of
      .filter(({ pipelineId }) => pipelineId === id)
      .map(({ tenantId: _tenant, createdAt: _created, updatedAt: _updated, ...stage }) => ({
        ...stage,
        contacts: sumOf.get(stage.id)?.contacts ?? 0,
        valueCents: sumOf.get(stage.id)?.value ?? 0,
      })),
  }));
}
