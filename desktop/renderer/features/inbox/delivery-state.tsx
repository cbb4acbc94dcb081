import { ArrowUp, Check, CheckCheck, CircleAlert, Clock, type LucideIcon } from 'lucide-react';
import type { MessageStatus } from '../../../../shared/inbox/message.ts';

const STATES: Record<Exclude<MessageStatus, 'received'>, { icon: LucideIcon; word: string }> = {
  queued: { icon: Clock, word: 'Queued' },
  sending: { icon: ArrowUp, word: 'Sending' },
  sent: { icon: Check, word: 'Sent' },
  delivered: { icon: CheckCheck, word: 'Delivered' },
  failed: { icon: CircleAlert, word: 'Not delivered' },
};

/** How far a message got: glyph and word. */
export function DeliveryState({ status, failure }: { status: MessageStatus; failure: string | null }) {
  if (status === 'received') return null;
  const { icon: Icon, word } = STATES[status];
  return (
    <span className="inline-flex items-center gap-1">
      <Icon size={13} aria-hidden="true" />
      {failure && status === 'failed' ? `${word} · ${failure}` : word}
    </span>
  );
}
