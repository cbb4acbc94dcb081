import { eq } from 'drizzle-orm';
import type { deleteNote as operation } from '../../../../shared/contacts/note-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { keepRows } from '../../../db/trash.ts';
import { lockOwnNote } from './note-store.ts';
import { notes } from './note-table.ts';

export const deleteNote: Verb<typeof operation> = async (act, { id }) => {
  const { contactId, authorId, body } = await lockOwnNote(act, id);
  const actId = act.newId();
  await keepRows(act, actId, 'notes', [id]);
  await act.tx.delete(notes).where(eq(notes.id, id));
  act.audit({
    id: actId,
    action: 'notes.delete',
    entity: 'note',
    entityId: id,
    contactId,
    before: { contactId, authorId, body },
    undo: { name: 'trash.putBack', input: { actId } },
  });
  return { id };
};
