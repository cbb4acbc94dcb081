import { and, eq } from 'drizzle-orm';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type * as operations from '../../../shared/workspace/settings-operations.ts';
import type { Act, Verb } from '../../db/act.ts';
import { phoneNumbers } from './phone-number-table.ts';

export const labelPhoneNumber: Verb<typeof operations.labelPhoneNumber> = async (act, { id, label }) => {
  const before = await lockNumber(act, id);
  await act.tx.update(phoneNumbers).set({ label }).where(eq(phoneNumbers.id, id));
  const undo = { name: 'phoneNumbers.label', input: { id, label: before.label } };
  act.audit({
    action: 'phoneNumbers.label',
    entity: 'phone_number',
    entityId: id,
    before: { label: before.label },
    after: { label },
    undo,
  });
  return { id };
};

/** Conversations keep that they were over it; they go on over another number of the workspace. */
export const removePhoneNumber: Verb<typeof operations.removePhoneNumber> = async (act, { id }) => {
  const { e164, label } = await lockNumber(act, id);
  await act.tx.delete(phoneNumbers).where(eq(phoneNumbers.id, id));
  act.audit({ action: 'phoneNumbers.remove', entity: 'phone_number', entityId: id, before: { e164, label } });
  return { id };
};

async function lockNumber({ tx, tenantId }: Act, id: string): Promise<typeof phoneNumbers.$inferSelect> {
  const [row] = await tx
    .select()
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.tenantId, tenantId), eq(phoneNumbers.id, id)))
    .for('update');
  if (!row)
    throw new AppError('not_found', 'This phone number is not in your workspace any more. Nothing was changed.');
  return row;
}
