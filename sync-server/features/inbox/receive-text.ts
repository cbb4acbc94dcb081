import { and, eq, isNull } from 'drizzle-orm';
import { messagePreview } from '../../../shared/inbox/message.ts';
import { readOptOutKeyword } from '../../../shared/inbox/opt-out.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { systemOf, type Act, type Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import { inTx, type Tx } from '../../db/tx.ts';
import type { InboundText } from '../../ports/carrier.ts';
import { findPhoneNumber } from '../workspace/phone-number-read-model.ts';
import type { ContactDirectory } from './contact-directory.ts';
import { openConversation } from './conversation-store.ts';
import { messages } from './message-table.ts';
import { webhookEvents } from './webhook-event-table.ts';

type ReceiveParts = { pool: Pool; perform: Perform; directory: ContactDirectory };

/**
 * A text from a phone, stored exactly once with its raw event: the contact is found or made, their conversation opened,
 * STOP and START obeyed. Everything in one transaction.
 */
export async function receiveText(
  { pool, perform, directory }: ReceiveParts,
  text: InboundText,
): Promise<'stored' | 'repeat' | 'unknown number'> {
  const number = await inTx(pool, (tx) => findPhoneNumber(tx, text.to));
  if (!number) {
    await inTx(pool, (tx) => keepEvent(tx, null, text, Date.now()));
    return 'unknown number';
  }
  return perform(systemOf(number.tenantId), async (act) => {
    if (!(await keepEvent(act.tx, act.tenantId, text, act.now))) return 'repeat';
    const contactId = await directory.findOrCreateByPhone(act, text.from, 'SMS');
    const keyword = readOptOutKeyword(text.body);
    const asked = keyword === null ? {} : { optedOutAt: keyword === 'stop' ? act.now : null };
    await directory.noteInteraction(act, contactId, { direction: 'in', ...asked });
    const last = { contactId, phoneNumberId: number.id, body: text.body, direction: 'in' as const };
    const conversationId = await openConversation(act, last, keyword === 'stop');
    await storeMessage(act, text, contactId, conversationId);
    return 'stored';
  });
}

async function storeMessage(act: Act, text: InboundText, contactId: string, conversationId: string): Promise<void> {
  const { tx, tenantId, now, audit } = act;
  const id = act.newId<'message'>();
  await tx.insert(messages).values({
    id,
    tenantId,
    conversationId,
    contactId,
    channel: 'sms',
    direction: 'in',
    body: text.body,
    status: 'received',
    fromAddress: text.from,
    toAddress: text.to,
    createdAt: now,
    vendorId: text.vendorId,
  });
  audit({
    action: 'messages.receive',
    entity: 'message',
    entityId: id,
    contactId,
    after: { contactId, vendorId: text.vendorId },
  });
  const preview = messagePreview(text.body);
  await act.publish({ type: 'message.received', messageId: id, contactId, conversationId, preview });
}

/** Stores the raw event; false when it is stored already. */
async function keepEvent(tx: Tx, tenantId: string | null, text: InboundText, now: number): Promise<boolean> {
  const { vendor, vendorId, raw } = text;
  const inserted = await tx
    .insert(webhookEvents)
    .values({ id: newId(), tenantId, vendor, kind: 'text', vendorEventId: vendorId, payload: raw, receivedAt: now })
    .onConflictDoNothing()
    .returning({ id: webhookEvents.id });
  if (inserted.length) return true;
  // A text to a number nobody had: it counts as new once somebody has it.
  if (tenantId === null) return false;
  const adopted = await tx
    .update(webhookEvents)
    .set({ tenantId })
    .where(unclaimed(vendor, vendorId))
    .returning({ id: webhookEvents.id });
  return adopted.length > 0;
}

const unclaimed = (vendor: string, vendorEventId: string) =>
  and(eq(webhookEvents.vendor, vendor), eq(webhookEvents.vendorEventId, vendorEventId), isNull(webhookEvents.tenantId));
