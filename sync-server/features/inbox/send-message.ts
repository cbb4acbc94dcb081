import type { sendMessage as operation } from '../../../shared/inbox/inbox-operations.ts';
import { AppError } from '../../../shared/kernel/app-error.ts';
import { conversationIdOf } from '../../../shared/inbox/message.ts';
import { eq } from 'drizzle-orm';
import type { Verb } from '../../db/act.ts';
import { holdContact } from '../contacts/contact-read-model.ts';
import { findSenderNumber } from '../workspace/phone-number-read-model.ts';
import { openConversation } from './conversation-store.ts';
import { conversations } from './conversation-table.ts';
import { DELIVER_MESSAGE } from './deliver-message.ts';
import { messages } from './message-table.ts';

/** Queues a text. It leaves by a job, which asks once more whether the contact may be texted. */
export const sendMessage: Verb<typeof operation> = async (act, { id: givenId, contactId: about, body }) => {
  const { tx, tenantId, userId, now, newId, audit, enqueue } = act;
  const contact = await holdContact(tx, tenantId, about);
  if (!contact) throw new AppError('not_found', 'This contact does not exist any more. The message was not sent.');
  const contactId = contact.id;
  if (contact.optedOutAt !== null)
    throw new AppError('not_allowed_now', 'This contact has asked not to be texted (STOP). The message was not sent.', {
      reason: 'opted_out',
    });
  if (!contact.phone)
    throw new AppError('not_allowed_now', 'This contact has no phone number. Add one; the message was not sent.', {
      reason: 'no_phone',
    });
  const [conversation] = await tx
    .select({ phoneNumberId: conversations.phoneNumberId })
    .from(conversations)
    .where(eq(conversations.id, conversationIdOf(contactId, 'sms')));
  const sender = await findSenderNumber(tx, tenantId, conversation?.phoneNumberId ?? null);
  if (!sender)
    throw new AppError('not_allowed_now', 'Your team has no phone number to text from yet. The message was not sent.', {
      reason: 'no_number',
    });
  const last = { contactId, phoneNumberId: sender.id, body, direction: 'out' as const };
  const conversationId = await openConversation(act, last);
  const id = givenId ?? newId<'message'>();
  const inserted = await tx
    .insert(messages)
    .values({
      id,
      tenantId,
      conversationId,
      contactId,
      channel: 'sms',
      direction: 'out',
      body,
      status: 'queued',
      fromAddress: sender.e164,
      toAddress: contact.phone,
      authorId: userId,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  if (!inserted.length)
    throw new AppError('conflict', 'A message with this id exists already. Nothing was sent twice.');
  audit({ action: 'messages.send', entity: 'message', entityId: id, contactId, after: { contactId, body } });
  await act.publish({ type: 'message.sent', contactId, conversationId });
  await enqueue({ name: DELIVER_MESSAGE.name, data: { tenantId, messageId: id } });
  return { id, conversationId };
};
