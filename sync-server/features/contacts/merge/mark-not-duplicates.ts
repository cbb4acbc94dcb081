import { sql } from 'drizzle-orm';
import {
  notDuplicateIdOf,
  type markNotDuplicates as operation,
} from '../../../../shared/contacts/duplicate-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { contactNotFound } from '../contact-store.ts';
import { ownContacts } from '../tags/own-contacts.ts';

export const markNotDuplicates: Verb<typeof operation> = async (act, { a, b }) => {
  const { tx, tenantId, userId, now } = act;
  const ids = await ownContacts(act, [a, b]);
  const [one, other] = ids;
  if (!one || !other) throw contactNotFound();
  const id = notDuplicateIdOf(tenantId, one, other);
  await tx.execute(sql`
    insert into not_duplicates (id, tenant_id, a, b, user_id, created_at)
    values (${id}, ${tenantId}, ${one}, ${other}, ${userId}, ${new Date(now).toISOString()}::timestamptz) on conflict do nothing`);
  act.audit({
    action: 'contacts.notDuplicates',
    entity: 'contact',
    entityId: one,
    after: { notDuplicateOf: other },
    undo: { name: 'contacts.maybeDuplicates', input: { id } },
  });
  return { id };
};

/** Takes that back. */
export async function forgetNotDuplicates(
  act: Parameters<typeof markNotDuplicates>[0],
  { id }: { id: string },
): Promise<void> {
  const { rows } = await act.tx.execute<{ a: string; b: string }>(
    sql`delete from not_duplicates where tenant_id = ${act.tenantId} and id = ${id} returning a, b`,
  );
  const [gone] = rows;
  act.audit({
    action: 'contacts.maybeDuplicates',
    entity: 'contact',
    entityId: gone?.a ?? null,
    undo: gone ? { name: 'contacts.notDuplicates', input: gone } : null,
  });
}
