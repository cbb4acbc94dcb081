import { and, eq, inArray } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { contactNotFound } from '../contact-store.ts';
import { contacts } from '../contact-table.ts';

/** Those of the contacts that exist in the tenant, kept from deletion until the act is done. Throws `not_found` when none does. */
export async function ownContacts({ tx, tenantId }: Act, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), inArray(contacts.id, [...new Set(ids)])))
    .orderBy(contacts.id)
    .for('key share');
  if (!rows.length) throw contactNotFound();
  return rows.map(({ id }) => id);
}
