import { eq } from 'drizzle-orm';
import type { editNote as operation } from '../../../../shared/contacts/note-operations.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import type { OnEdit } from '../on-edit.ts';
import { lockOwnNote } from './note-store.ts';
import { notes } from './note-table.ts';

export const editNote =
  (onEdit: OnEdit): Verb<typeof operation> =>
  async (act, { id, body }) => {
    await setNoteBody(act, onEdit, id, body, 'notes.edit');
    return { id };
  };

/** Replaces the text of a note, if this person may change it. From here on it is as it is stored: perhaps sealed. */
export async function setNoteBody(act: Act, onEdit: OnEdit, id: string, text: string, action: string): Promise<void> {
  const before = await lockOwnNote(act, id);
  const body = await act.seal(id, text);
  const { contactId, updatedAt: last } = before;
  await onEdit(act, { entity: 'note', entityId: id, contactId, values: { body }, updatedAt: last });
  const updatedAt = nextUpdatedAt(act.now, last);
  await act.tx.update(notes).set({ body, updatedAt }).where(eq(notes.id, id));
  act.audit({
    action,
    entity: 'note',
    entityId: id,
    contactId,
    before: { body: before.body },
    after: { body },
    undo: { name: 'notes.edit', input: { id, body: before.body } },
    at: updatedAt,
  });
}
