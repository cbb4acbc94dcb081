import { z } from 'zod';
import { idFromParts, type Id } from '../kernel/ids.ts';

export type ConversationId = Id<'conversation'>;
export type MessageId = Id<'message'>;

/** The channels that exist today. */
export const CHANNELS = ['sms'] as const;
export const DIRECTIONS = ['in', 'out'] as const;
export const CONVERSATION_STATUSES = ['OPEN', 'CLOSED', 'ARCHIVED'] as const;

/**
 * received (inbound) · queued → sending → sent → delivered, or failed at any point.
 * Receipts may arrive out of order: a later state is never replaced by an earlier one.
 */
export const MESSAGE_STATUSES = ['received', 'queued', 'sending', 'sent', 'delivered', 'failed'] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** The id of a contact's conversation on a channel: known to every device before the server has heard of it. */
export const conversationIdOf = (contactId: string, channel: string): ConversationId =>
  idFromParts(contactId, 'conversation', channel);

/** Longest SMS a carrier takes (Twilio error 21617), in characters. */
export const SMS_MAX_LENGTH = 1_600;

/** What a list shows of a message: its first line, at most 120 characters. */
export const messagePreview = (body: string): string => {
  const line = body.trim().replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};

/** Whether a message may go from `from` to `to`. Receipts that come late or twice answer false. */
export function mayMoveTo(from: MessageStatus, to: MessageStatus): boolean {
  if (from === 'received' || from === 'failed' || from === 'delivered') return false;
  return MESSAGE_STATUSES.indexOf(to) > MESSAGE_STATUSES.indexOf(from);
}

export const message = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  contactId: z.uuid(),
  channel: z.enum(CHANNELS),
  direction: z.enum(DIRECTIONS),
  body: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  failure: z.string().nullable(),
  authorId: z.uuid().nullable(),
  createdAt: z.number(),
  sentAt: z.number().nullable(),
  deliveredAt: z.number().nullable(),
});

export type Message = z.output<typeof message>;

export const conversation = z.object({
  id: z.uuid(),
  contactId: z.uuid(),
  channel: z.enum(CHANNELS),
  status: z.enum(CONVERSATION_STATUSES),
  lastMessageAt: z.number().nullable(),
  lastMessagePreview: z.string().nullable(),
  lastMessageDirection: z.enum(DIRECTIONS).nullable(),
  waitingSince: z.number().nullable(),
});

export type Conversation = z.output<typeof conversation>;
