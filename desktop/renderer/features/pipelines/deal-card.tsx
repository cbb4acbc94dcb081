import { useLayoutEffect, useRef } from 'react';
import type { ContactRow } from '../../../../shared/bridge/contacts-contract.ts';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { formatMoney } from '../../lib/format/format-money.ts';
import { formatPhone } from '../../lib/format/format-phone.ts';
import { formatAgo, formatFull } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';
import { useCurrency } from '../../lib/rules/use-rule-names.ts';
import { useCountry } from '../../lib/use-identity.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Score } from '../../ui/score.tsx';
import { SyncRing } from '../../ui/sync-ring.tsx';
import { draggedCard } from './dragged-card.ts';

/** Longer in a stage than this, a card's age is told as old. */
const STALE_MS = 14 * 86_400_000;

type DealCardProps = {
  card: ContactRow | undefined;
  index: number;
  top: number;
  focusable: boolean;
  movable: boolean;
  /** It is taken away and had the focus. */
  onGone: () => void;
  onFocus: (index: number, card: ContactRow) => void;
  onOpen: (id: string) => void;
};

/** A contact on the board: who, what about, how much, how warm, since when and whose. */
export function DealCard({ card, index, top, focusable, movable, onGone, onFocus, onOpen }: DealCardProps) {
  const currency = useCurrency();
  const country = useCountry();
  const now = useNow();
  const article = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = article.current;
    return () => {
      if (element !== null && element === document.activeElement) onGone();
    };
  }, [onGone]);
  const { data: members } = useQuery('members.list', {});
  if (!card) return <div className="deal" style={{ transform: `translateY(${top}px)` }} aria-hidden="true" />;
  const owner = members?.find(({ id }) => id === card.ownerId);
  const since = card.stageEnteredAt;
  const pending = card.sync.pending.length > 0;
  return (
    <article
      ref={article}
      className="deal"
      role="listitem"
      aria-label={contactName(card)}
      tabIndex={focusable ? 0 : -1}
      data-card={index}
      data-pending={pending || undefined}
      draggable={movable}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={() => onFocus(index, card)}
      onClick={() => onOpen(card.id)}
      onDragStart={(event) => {
        draggedCard.current = card;
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', contactName(card));
      }}
      onDragEnd={() => (draggedCard.current = null)}
    >
      <div className="flex items-center gap-1.5">
        <span className="trunc med flex-1">{contactName(card)}</span>
        <SyncRing pending={pending} refused={card.sync.refused} />
        {owner && <Avatar name={owner.name} teammate />}
      </div>
      <div className="trunc text-small text-ink-2">
        {card.lastMessage?.preview ?? card.company ?? (card.phone ? formatPhone(card.phone, country) : '')}
      </div>
      <div className="flex items-center gap-2 text-small">
        {card.estimatedRevenueCents !== null && (
          <span className="num med">{formatMoney(card.estimatedRevenueCents, currency)}</span>
        )}
        {card.leadScore !== null && <Score score={card.leadScore} />}
        <span className="ms-auto flex items-center gap-1.5">
          {since !== null && (
            <time
              className="num text-ink-3"
              data-stale={now - since > STALE_MS || undefined}
              title={t('In this stage since {{when}}', { when: formatFull(since) })}
            >
              {formatAgo(since, now)}
            </time>
          )}
        </span>
      </div>
    </article>
  );
}
