import { and, asc, eq, sql } from 'drizzle-orm';
import type { Contact } from '../../../shared/contacts/contact.ts';
import type { Tx } from '../../db/tx.ts';
import { contacts, type ContactRow } from './contact-table.ts';
import { followMerges } from './merge/alias-read-model.ts';

/** The contact of this tenant, or null; of one that was merged, the one that was kept. */
export async function findContact(tx: Tx, tenantId: string, id: string): Promise<ContactRow | null> {
  return followMerges(tx, tenantId, id, async (one) => (await selectIt(tx, tenantId, one))[0] ?? null);
}

/** The same, kept from being deleted or merged until the transaction is over: for whoever adds something to it. */
export async function holdContact(tx: Tx, tenantId: string, id: string): Promise<ContactRow | null> {
  return followMerges(tx, tenantId, id, async (one) => (await selectIt(tx, tenantId, one).for('key share'))[0] ?? null);
}

const selectIt = (tx: Tx, tenantId: string, id: string) =>
  tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, id)));

/** The contact with this phone number; of several the oldest. */
export async function findContactByPhone(tx: Tx, tenantId: string, phone: string): Promise<ContactRow | null> {
  const [row] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.tenantId, tenantId), eq(contacts.phone, phone)))
    .orderBy(asc(contacts.createdAt), asc(contacts.id))
    .limit(1);
  return row ?? null;
}

/** Names of the contact's tags, as an expression beside a row of `contacts`. */
export const tagNames = sql<string[]>`coalesce((
  select array_agg(t.name order by t.name) from contact_tags ct join tags t on t.id = ct.tag_id
  where ct.contact_id = contacts.id), '{}')`;

/** Ids of the contact's groups and static segments, as an expression beside a row of `contacts`. */
export const groupIds = sql<string[]>`coalesce((
  select array_agg(g.group_id order by g.group_id) from group_members g where g.contact_id = contacts.id), '{}')`;

/** A row as REST answers it, without what is the server's own. */
export function toContact(row: ContactRow, tags: string[], groups: string[]): Contact {
  const { tenantId: _tenant, nameKey: _key, search: _search, importId: _import, ...own } = row;
  return { ...own, tags, groupIds: groups };
}
