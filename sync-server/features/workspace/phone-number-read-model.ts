import { asc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/tx.ts';
import { phoneNumbers } from './phone-number-table.ts';

export type PhoneNumber = typeof phoneNumbers.$inferSelect;

/** The number to text from: `preferredId` when the tenant still has it, else its oldest; null when it has none. */
export async function findSenderNumber(
  tx: Tx,
  tenantId: string,
  preferredId: string | null,
): Promise<PhoneNumber | null> {
  const rows = await listPhoneNumbers(tx, tenantId);
  return rows.find(({ id }) => id === preferredId) ?? rows[0] ?? null;
}

export const listPhoneNumbers = (tx: Tx, tenantId: string): Promise<PhoneNumber[]> =>
  tx
    .select()
    .from(phoneNumbers)
    .where(eq(phoneNumbers.tenantId, tenantId))
    .orderBy(asc(phoneNumbers.createdAt), asc(phoneNumbers.id));

/** Whose number this is; null when it is nobody's. */
export async function findPhoneNumber(tx: Tx, e164: string): Promise<PhoneNumber | null> {
  const [row] = await tx.select().from(phoneNumbers).where(eq(phoneNumbers.e164, e164));
  return row ?? null;
}
