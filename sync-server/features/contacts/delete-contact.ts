import { eq } from 'drizzle-orm';
import type { deleteContact as operation } from '../../../shared/contacts/contact-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import type { Verb } from '../../db/act.ts';
import { keepContacts } from '../../db/trash.ts';
import { toContact } from './contact-read-model.ts';
import { lockContact } from './contact-store.ts';
import { contacts } from './contact-table.ts';

/** Notes, tags, conversations, messages and tasks go with it (foreign keys), and all of it into the trash. */
export const deleteContact: Verb<typeof operation> = async (act, { id }) => {
  const row = await lockContact(act, id);
  if (row.id !== id.toLowerCase())
    throw new AppError('conflict', 'This contact was merged into another one meanwhile. Nothing was deleted.', {
      reason: 'merged',
      keptId: row.id,
    });
  const { tags: _, groupIds: _groups, ...before } = toContact(row, [], []);
  const actId = act.newId();
  await keepContacts(act, actId, [id]);
  await act.tx.delete(contacts).where(eq(contacts.id, id));
  const undo = { name: 'trash.putBack', input: { actId } };
  act.audit({ id: actId, action: 'contacts.delete', entity: 'contact', entityId: id, before, undo });
  return { id };
};
