import { and, eq } from 'drizzle-orm';
import type { getContact as operation } from '../../../shared/contacts/contact-operations.ts';
import type { Verb } from '../../db/act.ts';
import { groupIds, tagNames, toContact } from './contact-read-model.ts';
import { contactNotFound } from './contact-store.ts';
import { contacts } from './contact-table.ts';
import { followMerges } from './merge/alias-read-model.ts';

/** Of a contact that was merged, the one that was kept. */
export const getContact: Verb<typeof operation> = async ({ tx, tenantId }, { id }) => {
  const find = async (one: string) => {
    const [row] = await tx
      .select({ row: contacts, tags: tagNames, groups: groupIds })
      .from(contacts)
      .where(and(eq(contacts.tenantId, tenantId), eq(contacts.id, one)));
    return row ?? null;
  };
  const found = await followMerges(tx, tenantId, id, find);
  if (!found) throw contactNotFound();
  return toContact(found.row, found.tags, found.groups);
};
