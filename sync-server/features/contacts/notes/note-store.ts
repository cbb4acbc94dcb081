import { and, eq } from 'drizzle-orm';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { hasRole } from '../../../../shared/protocol/role.ts';
import type { Act } from '../../../db/act.ts';
import { notes } from './note-table.ts';

/** The note, locked, if this person may change it: its author, or a manager. */
export async function lockOwnNote({ tx, tenantId, userId, role }: Act, id: string): Promise<typeof notes.$inferSelect> {
  const [note] = await tx
    .select()
    .from(notes)
    .where(and(eq(notes.tenantId, tenantId), eq(notes.id, id)))
    .for('update');
  if (!note) throw new AppError('not_found', 'This note does not exist any more. Nothing was changed.');
  if (note.authorId !== userId && !hasRole(role, 'MANAGER'))
    throw new AppError('forbidden', 'Only the author of a note or a manager may change it. Nothing was changed.');
  return note;
}
