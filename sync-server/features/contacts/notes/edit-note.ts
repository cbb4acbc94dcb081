import { eq } from 'drizzle-orm';
import type { editNote as operation } from '../../../../shared/contacts/note-operations.ts';
import type { Verb } from '../../../db/act.ts';
import { lockOwnNote } from './note-store.ts';
import { notes } from './note-table.ts';

export const editNote: Verb<typeof operation> = async (act, { id, body }) => {
  const before = await lockOwnNote(act, id);
  await act.tx.update(notes).set({ body, updatedAt: act.now }).where(eq(notes.id, id));
  await act.audit({
    action: 'notes.edit',
    entity: 'note',
    entityId: id,
    before: { body: before.body },
    after: { body },
  });
  return { id };
};
