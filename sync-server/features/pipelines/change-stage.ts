import { eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type * as operations from '../../../shared/pipelines/pipeline-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { nextUpdatedAt } from '../../db/row-clock.ts';
import { findStage } from './pipeline-read-model.ts';
import { countInStages, EVERYBODY, idTaken, lockPipeline, lockStage, stageNotFound } from './pipeline-store.ts';
import { stages, type StageRow } from './pipeline-table.ts';
import type { StageMover } from './stage-mover.ts';

export const createStage: Verb<typeof operations.createStage> = async (act, { id: givenId, ...given }) => {
  const { tx, tenantId, now } = act;
  await lockPipeline(act, given.pipelineId);
  const id = givenId ?? act.newId();
  const [made] = await tx
    .insert(stages)
    .values({ ...given, id, tenantId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: stages.id });
  if (!made) throw idTaken();
  act.audit({
    action: 'stages.create',
    entity: 'stage',
    entityId: id,
    after: given,
    undo: { name: 'stages.delete', input: { id } },
  });
  return { id };
};

/** Contacts go with their stage into another pipeline (a foreign key takes them along). */
export const updateStage: Verb<typeof operations.updateStage> = async (act, { id, ...sent }) => {
  const row = await lockStage(act, id);
  if (sent.pipelineId !== row.pipelineId) await lockPipeline(act, sent.pipelineId);
  const { pipelineId, name, displayOrder, probability, color } = row;
  const before = { pipelineId, name, displayOrder, probability, color };
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  await act.tx
    .update(stages)
    .set({ ...sent, updatedAt })
    .where(eq(stages.id, id));
  act.audit({
    action: 'stages.update',
    entity: 'stage',
    entityId: id,
    before,
    after: sent,
    undo: { name: 'stages.update', input: { id, ...before } },
    at: updatedAt,
  });
  return { id };
};

export const deleteStage =
  (mover: StageMover): Verb<typeof operations.deleteStage> =>
  async (act, { id, moveTo }) => {
    const { tx, tenantId } = act;
    const stage = await lockStage(act, id);
    if (moveTo?.toLowerCase() === stage.id)
      throw new AppError(
        'invalid_input',
        'Its contacts cannot move to the stage that is deleted. Nothing was changed.',
        {
          fields: { moveTo: 'Choose another stage' },
        },
      );
    const to = moveTo === null ? null : await findStage(tx, tenantId, moveTo);
    if (moveTo !== null && !to) throw stageNotFound();
    const actId = act.newId();
    const contacts = await countInStages(act, [id]);
    if (contacts) await mover.replaceStages(act, { from: [id], to, actId });
    await tx.delete(stages).where(eq(stages.id, id));
    act.audit({
      id: actId,
      action: 'stages.delete',
      entity: 'stage',
      entityId: id,
      before: { name: stage.name, contacts },
      after: { moveTo },
      undo: { name: 'stages.putBack', input: { actId, stage, moveTo } },
    });
    return { id };
  };

type Kept = { actId: string; stage: StageRow; moveTo: string | null };

/** The stage as it was, with the contacts that have not been moved on since. */
export const putBackStage =
  (mover: StageMover) =>
  async (act: Act, { actId, stage, moveTo }: Kept): Promise<void> => {
    const { tx, tenantId, now } = act;
    await lockPipeline(act, stage.pipelineId);
    const [made] = await tx
      .insert(stages)
      .values({ ...stage, tenantId, updatedAt: now })
      .onConflictDoNothing()
      .returning();
    if (!made) throw idTaken();
    const contacts = await mover.giveBackStages(act, { actId, limit: EVERYBODY });
    act.audit({
      action: 'stages.create',
      entity: 'stage',
      entityId: stage.id,
      after: { name: stage.name, contacts },
      undo: { name: 'stages.delete', input: { id: stage.id, moveTo } },
    });
  };
