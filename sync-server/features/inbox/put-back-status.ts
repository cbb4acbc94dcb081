import { and, eq } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import { conversations } from './conversation-table.ts';
import { conversationNotFound } from './list-messages.ts';

type Before = { id: string; status: (typeof conversations.$inferSelect)['status']; waitingSince: number | null };

/** The status of a conversation as it was before an act, and who was waiting then. */
export async function putBackStatus(act: Act, { id, status, waitingSince }: Before): Promise<void> {
  const { tx, tenantId, now } = act;
  const own = and(eq(conversations.tenantId, tenantId), eq(conversations.id, id));
  const [before] = await tx.select().from(conversations).where(own).for('update');
  if (!before) throw conversationNotFound();
  await tx.update(conversations).set({ status, waitingSince, updatedAt: now }).where(own);
  act.audit({
    action: 'conversations.setStatus',
    entity: 'conversation',
    entityId: id,
    contactId: before.contactId,
    before: { status: before.status, waitingSince: before.waitingSince },
    after: { status },
    undo: { name: 'conversations.putBack', input: { id, status: before.status, waitingSince: before.waitingSince } },
  });
}
