import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { ContactRow } from '../../../../shared/bridge/contacts-contract.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { useBridge } from '../../lib/bridge-context.tsx';
import { StageMark } from '../../lib/contacts/contact-marks.tsx';
import { formatCount } from '../../lib/format/format-count.ts';
import { formatMoneyShort } from '../../lib/format/format-money.ts';
import { t } from '../../lib/i18n/t.ts';
import { useCurrency } from '../../lib/rules/use-rule-names.ts';
import { bridgeQuery } from '../../lib/use-query.ts';
import { draggedCard } from './dragged-card.ts';
import { DealCard } from './deal-card.tsx';
import type { Stage } from './board.tsx';

const CARD_PX = 90;
const PAGE = 50;

type LaneProps = {
  stage: Stage;
  /** How far along the pipeline it is, up to 1. */
  share: number;
  lane: number;
  count: number;
  valueCents: number;
  filter: SegmentRule | undefined;
  /** The card that has the focus when the board is entered; null in other lanes. */
  focusIndex: number | null;
  movable: boolean;
  /** It had the focus. */
  onCardGone: () => void;
  onFocusCard: (index: number, card: ContactRow) => void;
  onOpen: (id: string) => void;
  onDropCard: (card: ContactRow, stage: Stage) => void;
};

/** One stage. Only the cards in sight exist, so that thousands scroll as easily as ten. */
export function Lane({ stage, share, lane, count, valueCents, filter, focusIndex, movable, ...acts }: LaneProps) {
  const currency = useCurrency();
  const scroller = useRef<HTMLDivElement>(null);
  const [isTarget, setTarget] = useState(false);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_PX,
    overscan: 4,
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const cardAt = useCards(stage.id, filter, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  // Once for each place of the focus: cards that others move must not scroll the lane under whoever reads it.
  const scrolledTo = useRef<number | null>(null);
  useEffect(() => {
    if (focusIndex !== null && focusIndex >= count) return;
    if (focusIndex !== null && scrolledTo.current !== focusIndex)
      virtualizer.scrollToIndex(focusIndex, { align: 'auto' });
    scrolledTo.current = focusIndex;
  }, [focusIndex, count, virtualizer]);
  return (
    <section
      className="lane"
      role="listitem"
      aria-label={t('{{stage}}, {{count}} contacts', { stage: stage.name, count })}
      data-lane={lane}
      data-target={isTarget || undefined}
      onDragOver={(event) => {
        if (!draggedCard.current || event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setTarget(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setTarget(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setTarget(false);
        if (draggedCard.current && !event.dataTransfer.types.includes('Files'))
          acts.onDropCard(draggedCard.current, stage);
        draggedCard.current = null;
      }}
    >
      <header>
        <h2>
          <StageMark stage={{ name: stage.name, share }} />
          <span className="num text-ink-3">{formatCount(count)}</span>
          <span className="num ms-auto text-small text-ink-2">{formatMoneyShort(valueCents, currency)}</span>
        </h2>
      </header>
      <div className="lane-scroll" ref={scroller} tabIndex={count === 0 ? 0 : -1}>
        {count === 0 && <p className="lane-empty">{t('Nobody is here.')}</p>}
        <div role="list" aria-label={stage.name} style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {items.map((item) => (
            <DealCard
              key={cardAt(item.index)?.id ?? item.index}
              card={cardAt(item.index)}
              index={item.index}
              top={item.start}
              focusable={focusIndex === item.index || (focusIndex === null && item.index === 0)}
              movable={movable}
              onGone={acts.onCardGone}
              onFocus={acts.onFocusCard}
              onOpen={acts.onOpen}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

/** The cards from `first` to `last`, in pages that stay live. */
function useCards(stageId: string, filter: SegmentRule | undefined, first: number, last: number) {
  const bridge = useBridge();
  const [firstPage, lastPage] = [Math.floor(first / PAGE), Math.floor(last / PAGE)];
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, i) => firstPage + i);
  const results = useQueries({
    queries: pages.map((page) =>
      bridgeQuery(bridge, 'pipelines.column', {
        stageId,
        from: page * PAGE,
        count: PAGE,
        ...(filter && { filter }),
      }),
    ),
  });
  return (index: number): ContactRow | undefined => results[Math.floor(index / PAGE) - firstPage]?.data?.[index % PAGE];
}
