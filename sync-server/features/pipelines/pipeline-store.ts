import { and, count, eq, inArray } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Act } from '../../db/act.ts';
import { contacts } from '../contacts/contact-table.ts';
import { pipelines, stages, type PipelineRow, type StageRow } from './pipeline-table.ts';

/** More contacts than there are. */
export const EVERYBODY = 2_000_000_000;

export const pipelineNotFound = () =>
  new AppError('not_found', 'This pipeline does not exist any more. Nothing was changed.');
export const stageNotFound = () =>
  new AppError('not_found', 'This stage does not exist any more. Nothing was changed.');
export const idTaken = () => new AppError('conflict', 'Something with this id exists already. Nothing was changed.');

/** The pipeline, locked until the act is done. */
export async function lockPipeline({ tx, tenantId }: Act, id: string): Promise<PipelineRow> {
  const [row] = await tx
    .select()
    .from(pipelines)
    .where(and(eq(pipelines.tenantId, tenantId), eq(pipelines.id, id)))
    .for('update');
  if (!row) throw pipelineNotFound();
  return row;
}

export async function lockStage({ tx, tenantId }: Act, id: string): Promise<StageRow> {
  const [row] = await tx
    .select()
    .from(stages)
    .where(and(eq(stages.tenantId, tenantId), eq(stages.id, id)))
    .for('update');
  if (!row) throw stageNotFound();
  return row;
}

export async function countInStages({ tx, tenantId }: Act, stageIds: readonly string[]): Promise<number> {
  if (!stageIds.length) return 0;
  const [row] = await tx
    .select({ count: count() })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), inArray(contacts.stageId, [...stageIds])));
  return row?.count ?? 0;
}
