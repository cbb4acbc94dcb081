import { and, eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Act } from '../../db/act.ts';
import { metChanges } from './met-change-table.ts';

export type MetChange = typeof metChanges.$inferSelect;

/** The meeting, locked. Throws `not_found` for another tenant's. */
export async function lockMeeting({ tx, tenantId }: Act, id: string): Promise<MetChange> {
  const [row] = await tx
    .select()
    .from(metChanges)
    .where(and(eq(metChanges.tenantId, tenantId), eq(metChanges.id, id)))
    .for('update');
  if (!row) throw new AppError('not_found', 'These changes are not kept any more. Nothing was changed.');
  return row;
}

/** Settles the meeting, if nobody has yet. */
export async function settleMeeting({ tx, now, userId }: Act, { id, resolvedAt }: MetChange): Promise<void> {
  if (resolvedAt !== null) return;
  await tx.update(metChanges).set({ resolvedAt: now, resolvedById: userId }).where(eq(metChanges.id, id));
}
