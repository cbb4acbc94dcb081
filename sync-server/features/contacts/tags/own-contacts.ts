import { and, eq, inArray } from 'drizzle-orm';
import type { Act } from '../../../db/act.ts';
import { contactNotFound } from '../contact-store.ts';
import { contacts } from '../contact-table.ts';
import { findKeptIds, MOST_MERGES } from '../merge/alias-read-model.ts';

/**
 * Those of the contacts that exist in the tenant, locked until the act is done. One that was merged stands for the one that was kept,
 * unless only they `themselves` are meant. Throws `not_found` when there is none.
 */
export async function ownContacts(
  act: Act,
  ids: readonly string[],
  strength: 'key share' | 'no key update' | 'update' = 'key share',
  meant: 'kept ones too' | 'themselves' = 'kept ones too',
): Promise<string[]> {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  const found = await lockThem(act, wanted, strength);
  let missing = [...wanted].filter((id) => !found.has(id));
  for (let tries = 0; missing.length && meant === 'kept ones too' && tries < MOST_MERGES; tries++) {
    const kept = await findKeptIds(act.tx, act.tenantId, missing);
    const locked = await lockThem(act, new Set(kept.values()), strength);
    for (const id of locked) found.add(id);
    missing = [...kept].filter(([, keptId]) => !locked.has(keptId)).map(([id]) => id);
  }
  if (!found.size) throw contactNotFound();
  return [...found].toSorted();
}

async function lockThem(
  { tx, tenantId }: Act,
  ids: ReadonlySet<string>,
  strength: 'key share' | 'no key update' | 'update',
): Promise<Set<string>> {
  if (!ids.size) return new Set();
  const rows = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), inArray(contacts.id, [...ids])))
    .orderBy(contacts.id)
    .for(strength);
  return new Set(rows.map(({ id }) => id));
}
