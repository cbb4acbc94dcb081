import { eq } from 'drizzle-orm';
import type { deleteContact as operation } from '../../../shared/contacts/contact-operations.ts';
import type { Verb } from '../../db/act.ts';
import { toContact } from './contact-read-model.ts';
import { lockContact } from './contact-store.ts';
import { contacts } from './contact-table.ts';

/** Notes, tags, conversations and messages go with it (foreign keys). */
export const deleteContact: Verb<typeof operation> = async (act, { id }) => {
  const { tags: _, ...before } = toContact(await lockContact(act, id), []);
  await act.tx.delete(contacts).where(eq(contacts.id, id));
  act.audit({ action: 'contacts.delete', entity: 'contact', entityId: id, before });
  return { id };
};
