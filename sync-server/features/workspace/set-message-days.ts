import { eq } from 'drizzle-orm';
import type { setMessageDays as operation } from '../../../shared/workspace/workspace-operations.ts';
import type { Verb } from '../../db/act.ts';
import { tenants } from './tenant-table.ts';

/** Desktops learn it with the workspace's item; what they keep beyond it goes at their next look at the messages. */
export const setMessageDays: Verb<typeof operation> = async ({ tx, tenantId, audit }, { messageDays }) => {
  const [before] = await tx
    .select({ messageDays: tenants.messageDays })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .for('update');
  await tx.update(tenants).set({ messageDays }).where(eq(tenants.id, tenantId));
  audit({
    action: 'workspace.setMessageDays',
    entity: 'tenant',
    entityId: tenantId,
    before: { messageDays: before?.messageDays ?? null },
    after: { messageDays },
  });
  return { messageDays };
};
