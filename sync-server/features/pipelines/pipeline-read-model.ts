import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/tx.ts';
import { stages } from './pipeline-table.ts';

/** The stage of this tenant with its pipeline, kept from deletion until the transaction is over; or null. */
export async function findStage(
  tx: Tx,
  tenantId: string,
  stageId: string,
): Promise<{ stageId: string; pipelineId: string; name: string } | null> {
  const [row] = await tx
    .select({ stageId: stages.id, pipelineId: stages.pipelineId, name: stages.name })
    .from(stages)
    .where(and(eq(stages.tenantId, tenantId), eq(stages.id, stageId)))
    .for('key share');
  return row ?? null;
}
