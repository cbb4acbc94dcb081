import { eq, sql } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type * as operations from '../../../shared/pipelines/pipeline-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { nextUpdatedAt } from '../../db/row-clock.ts';
import { countInStages, EVERYBODY, idTaken, lockPipeline } from './pipeline-store.ts';
import { pipelines, stages, type PipelineRow, type StageRow } from './pipeline-table.ts';
import type { StageMover } from './stage-mover.ts';

export const createPipeline: Verb<typeof operations.createPipeline> = async (act, { id: givenId, ...given }) => {
  const { tx, tenantId, now } = act;
  const id = givenId ?? act.newId();
  const [made] = await tx
    .insert(pipelines)
    .values({ ...given, id, tenantId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: pipelines.id });
  if (!made) throw idTaken();
  act.audit({
    action: 'pipelines.create',
    entity: 'pipeline',
    entityId: id,
    after: given,
    undo: { name: 'pipelines.delete', input: { id } },
  });
  return { id };
};

export const updatePipeline: Verb<typeof operations.updatePipeline> = async (act, { id, ...sent }) => {
  const row = await lockPipeline(act, id);
  const before = { name: row.name, displayOrder: row.displayOrder };
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  await act.tx
    .update(pipelines)
    .set({ ...sent, updatedAt })
    .where(eq(pipelines.id, id));
  act.audit({
    action: 'pipelines.update',
    entity: 'pipeline',
    entityId: id,
    before,
    after: sent,
    undo: { name: 'pipelines.update', input: { id, ...before } },
    at: updatedAt,
  });
  return { id };
};

export const deletePipeline =
  (mover: StageMover): Verb<typeof operations.deletePipeline> =>
  async (act, { id, anyway }) => {
    const { tx } = act;
    const pipeline = await lockPipeline(act, id);
    const kept = await tx.select().from(stages).where(eq(stages.pipelineId, id)).for('update');
    const stageIds = kept.map((stage) => stage.id);
    const contacts = await countInStages(act, stageIds);
    if (contacts && !anyway)
      throw new AppError(
        'conflict',
        `${contacts} ${contacts === 1 ? 'contact stands' : 'contacts stand'} in “${pipeline.name}” and would leave it. Nothing was changed; move them first, or delete it anyway.`,
        { contacts },
      );
    const { rows: pages } = await tx.execute<{ id: string }>(
      sql`select id from facebook_pages where tenant_id = ${act.tenantId} and auto_pipeline_id = ${id}`,
    );
    const actId = act.newId();
    if (contacts) await mover.replaceStages(act, { from: stageIds, to: null, actId });
    await tx.delete(pipelines).where(eq(pipelines.id, id));
    act.audit({
      id: actId,
      action: 'pipelines.delete',
      entity: 'pipeline',
      entityId: id,
      before: { name: pipeline.name, contacts },
      undo: {
        name: 'pipelines.putBack',
        input: { actId, pipeline, stages: kept, pageIds: pages.map((page) => page.id) },
      },
    });
    return { id };
  };

type Kept = { actId: string; pipeline: PipelineRow; stages: StageRow[]; pageIds: string[] };

/** The pipeline with its stages as they were, and the contacts who stood there, unless they stand somewhere else by now. */
export const putBackPipeline =
  (mover: StageMover) =>
  async (act: Act, { actId, pipeline, stages: kept, pageIds }: Kept): Promise<void> => {
    const { tx, tenantId, now } = act;
    const own = { tenantId, updatedAt: now };
    const [made] = await tx
      .insert(pipelines)
      .values({ ...pipeline, ...own })
      .onConflictDoNothing()
      .returning();
    if (!made) throw idTaken();
    if (kept.length) await tx.insert(stages).values(kept.map((stage) => ({ ...stage, ...own })));
    const contacts = await mover.giveBackStages(act, { actId, limit: EVERYBODY });
    await tx.execute(sql`
      update facebook_pages set auto_pipeline_id = ${pipeline.id}
      where tenant_id = ${tenantId} and id = any(${sql.param(pageIds)}::uuid[]) and auto_pipeline_id is null`);
    act.audit({
      action: 'pipelines.create',
      entity: 'pipeline',
      entityId: pipeline.id,
      after: { name: pipeline.name, contacts },
      undo: { name: 'pipelines.delete', input: { id: pipeline.id, anyway: true } },
    });
  };
