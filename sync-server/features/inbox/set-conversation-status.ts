import { and, eq } from 'drizzle-orm';
import type { setConversationStatus as operation } from '../../../shared/inbox/inbox-operations.ts';
import type { Verb } from '../../db/act.ts';
import { findConversation } from './conversation-read-model.ts';
import { conversations } from './conversation-table.ts';
import { conversationNotFound } from './list-messages.ts';

export const setConversationStatus: Verb<typeof operation> = async (act, { id: givenId, status }) => {
  const { tx, tenantId, now, audit } = act;
  // Another one where its contact was merged since.
  const id = (await findConversation(tx, tenantId, givenId))?.id ?? givenId;
  const [before] = await tx
    .select()
    .from(conversations)
    .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, id)))
    .for('update');
  if (!before) throw conversationNotFound();
  await tx
    .update(conversations)
    .set({ status, updatedAt: now, ...(status === 'OPEN' ? {} : { waitingSince: null }) })
    .where(eq(conversations.id, id));
  audit({
    action: 'conversations.setStatus',
    entity: 'conversation',
    entityId: id,
    before: { status: before.status, waitingSince: before.waitingSince },
    contactId: before.contactId,
    after: { status },
    undo: { name: 'conversations.putBack', input: { id, status: before.status, waitingSince: before.waitingSince } },
  });
  if (status !== 'OPEN')
    await act.publish({ type: 'conversation.closed', contactId: before.contactId, conversationId: id });
  return { id };
};
