import { eq } from 'drizzle-orm';
import type { deleteNote as operation } from '../../../../shared/contacts/note-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { lockOwnNote } from './note-store.ts';
import { notes } from './note-table.ts';

export const deleteNote: Verb<typeof operation> = async (act, { id }) => {
  const { contactId, authorId, body } = await lockOwnNote(act, id);
  await act.tx.delete(notes).where(eq(notes.id, id));
  act.audit({ action: 'notes.delete', entity: 'note', entityId: id, before: { contactId, authorId, body } });
  return { id };
};
