import { ArrowUp, Check, CheckCheck, CircleAlert, Clock, type LucideIcon } from 'lucide-react';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import type { MessageStatus } from '../../../../shared/inbox/message.ts';

const states = (): Record<Exclude<MessageStatus, 'received'>, { icon: LucideIcon; word: string }> => ({
  queued: { icon: Clock, word: t('Queued') },
  sending: { icon: ArrowUp, word: t('Sending') },
  sent: { icon: Check, word: t('Sent') },
  delivered: { icon: CheckCheck, word: t('Delivered') },
  failed: { icon: CircleAlert, word: t('Not delivered') },
});

/** How far a message got: glyph and word. */
export function DeliveryState({ status, failure }: { status: MessageStatus; failure: string | null }) {
  if (status === 'received') return null;
  const { icon: Icon, word } = states()[status];
  return (
    <span className="inline-flex items-center gap-1">
      <Icon size={13} aria-hidden="true" />
      {failure && status === 'failed' ? `${word} · ${saidInWords(failure)}` : word}
    </span>
  );
}
