import { eq } from 'drizzle-orm';
import type { updateContact as operation } from '../../../shared/contacts/contact-operations.ts';
import type { ContactFields } from '../../../shared/contacts/contact.ts';
import type { Verb } from '../../db/act.ts';
import { contactKeys } from './contact-keys.ts';
import { assertOwnerIsMember, lockContact } from './contact-store.ts';
import { contacts } from './contact-table.ts';

/** Sets the columns that were sent and no others, so that two people who edit different fields both win. */
export const updateContact: Verb<typeof operation> = async (act, { id, ...sent }) => {
  const { tx, now, audit } = act;
  const row = await lockContact(act, id);
  if (sent.ownerId !== row.ownerId) await assertOwnerIsMember(act, sent.ownerId);
  const keys = Object.keys(sent) as (keyof ContactFields)[];
  if (!keys.length) return { id };
  const before = Object.fromEntries(keys.map((key) => [key, row[key]]));
  await tx
    .update(contacts)
    .set({ ...sent, ...contactKeys({ ...row, ...sent }), updatedAt: now })
    .where(eq(contacts.id, id));
  await audit({ action: 'contacts.update', entity: 'contact', entityId: id, before, after: sent });
  return { id };
};
