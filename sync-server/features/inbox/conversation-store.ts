import { sql } from 'drizzle-orm';
import { conversationIdOf, messagePreview } from '../../../shared/inbox/message.ts';
import type { Act } from '../../db/act.ts';
import { conversations } from './conversation-table.ts';

type LastMessage = { contactId: string; phoneNumberId: string; body: string; direction: 'in' | 'out' };

/**
 * Makes or opens the contact's SMS conversation for a message that was just written. An inbound message lets the contact
 * wait from now unless they wait already; an outbound one is the answer. `nobodyWaits` is for texts that ask for none.
 */
export async function openConversation(
  { tx, tenantId, now }: Act,
  { contactId, phoneNumberId, body, direction }: LastMessage,
  nobodyWaits = false,
): Promise<string> {
  const id = conversationIdOf(contactId, 'sms');
  const waits = direction === 'in' && !nobodyWaits;
  const changes = {
    status: 'OPEN' as const,
    lastMessageAt: now,
    lastMessagePreview: messagePreview(body),
    lastMessageDirection: direction,
    phoneNumberId,
    updatedAt: now,
  };
  await tx
    .insert(conversations)
    .values({ ...changes, id, tenantId, contactId, channel: 'sms', waitingSince: waits ? now : null, createdAt: now })
    .onConflictDoUpdate({
      target: conversations.id,
      set: {
        ...changes,
        waitingSince: waits
          ? sql`coalesce(${conversations.waitingSince}, excluded.waiting_since)`
          : keepOrClear(direction),
      },
    });
  return id;
}

const keepOrClear = (direction: 'in' | 'out') => (direction === 'out' ? null : sql`${conversations.waitingSince}`);
