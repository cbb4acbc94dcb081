import { and, eq } from 'drizzle-orm';
import type * as operations from '../../../../shared/segments/view-operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Act, Verb } from '../../../db/act.ts';
import { contactViews } from './contact-view-table.ts';

const MOST_VIEWS = 100;

/** Whose views they are: a person's own. */
function personOf({ userId }: Act): string {
  if (userId) return userId;
  throw new AppError('forbidden', 'Views belong to people, and this token acts for nobody. Nothing was changed.');
}

const isOwn = (act: Act, id: string) =>
  and(eq(contactViews.tenantId, act.tenantId), eq(contactViews.userId, personOf(act)), eq(contactViews.id, id));

export const saveContactView: Verb<typeof operations.saveContactView> = async (act, { id, ...view }) => {
  const { tx, tenantId, now } = act;
  const changed = await tx
    .update(contactViews)
    .set({ ...view, updatedAt: now })
    .where(isOwn(act, id))
    .returning({ id: contactViews.id });
  if (!changed.length) {
    const userId = personOf(act);
    if ((await tx.$count(contactViews, eq(contactViews.userId, userId))) >= MOST_VIEWS)
      throw new AppError('limit_reached', `You have ${MOST_VIEWS} views. Delete one first; this one was not saved.`);
    const made = await tx
      .insert(contactViews)
      .values({ id, tenantId, userId, ...view, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: contactViews.id });
    if (!made.length)
      throw new AppError('conflict', 'This id belongs to something else. The view was not saved; save it anew.');
  }
  act.audit({ action: 'contactViews.save', entity: 'contact_view', entityId: id, after: { name: view.name } });
  return { id };
};

export const deleteContactView: Verb<typeof operations.deleteContactView> = async (act, { id }) => {
  const [gone] = await act.tx.delete(contactViews).where(isOwn(act, id)).returning();
  if (!gone) throw new AppError('not_found', 'You have no such view any more. Nothing was changed.');
  const { name, view, displayOrder } = gone;
  act.audit({
    action: 'contactViews.delete',
    entity: 'contact_view',
    entityId: id,
    before: { name },
    undo: { name: 'contactViews.save', input: { id, name, view, displayOrder } },
  });
  return { id };
};
