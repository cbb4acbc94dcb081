import type { addNote as operation } from '../../../../shared/contacts/note-operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Verb } from '../../../db/act.ts';
import { ownContacts } from '../tags/own-contacts.ts';
import { notes } from './note-table.ts';

export const addNote: Verb<typeof operation> = async (act, { id: givenId, contactId: about, body: text }) => {
  const { tx, tenantId, userId, now, newId, audit } = act;
  const [contactId = about] = await ownContacts(act, [about]);
  const id = givenId ?? newId<'note'>();
  const body = await act.seal(id, text);
  const inserted = await tx
    .insert(notes)
    .values({ id, tenantId, contactId, authorId: userId, body, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: notes.id });
  if (!inserted.length) throw new AppError('conflict', 'A note with this id exists already. Nothing was changed.');
  const undo = { name: 'notes.delete', input: { id } };
  audit({ action: 'notes.add', entity: 'note', entityId: id, contactId, after: { contactId, body }, undo });
  return { id };
};
