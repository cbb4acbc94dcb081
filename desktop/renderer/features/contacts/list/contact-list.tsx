import { createPortal } from 'react-dom';
import { elementScroll, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type Ref } from 'react';
import { useAnnounce } from '../../../lib/announce.tsx';
import { usePreferences } from '../../../lib/preferences.ts';
import { useIsNarrow } from '../../../lib/use-media.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useCountry } from '../../../lib/use-identity.ts';
import { Button } from '../../../ui/button.tsx';
import { ContactListHead } from './contact-list-head.tsx';
import type { ShownList } from './contact-list-state.tsx';
import { useContactList } from './contact-list-state.tsx';
import { ContactListRow } from './contact-list-row.tsx';
import { scaleScroll } from './scaled-scroll.ts';
import { useContactListKeys } from './use-contact-list-keys.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useContactRows } from './use-contact-rows.ts';

const ROW_PX = { compact: 28, regular: 32, relaxed: 36 };
const NARROW_ROW_PX = 56;
const OVERSCAN = 12;

type ContactListProps = {
  shown: ShownList;
  /** For the search field: ↓ moves into the list. */
  gridRef: Ref<HTMLDivElement>;
  /** Where "12 new" stands: beside the count, never over rows. */
  arrivalsSlot: HTMLElement | null;
  onOpen: (id: string) => void;
  /** The contact under the cursor, for peek and for what acts on it. */
  onCurrent: (id: string | null) => void;
};

/** A window on the whole result: only the rows in sight exist, whatever the count. */
export function ContactList({ shown, gridRef, arrivalsSlot, onOpen, onCurrent }: ContactListProps) {
  const { current, setCurrent, scrollTop, refresh, peek } = useContactList();
  const { density } = usePreferences();
  const narrow = useIsNarrow();
  const country = useCountry();
  const now = useNow();
  const announce = useAnnounce();
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(800);
  const rowPx = narrow ? NARROW_ROW_PX : ROW_PX[density];
  const cursor = useRef(current);
  const { height, scale } = scaleScroll(shown.total * rowPx, viewport);

  const virtualizer = useVirtualizer({
    count: shown.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    initialOffset: scrollTop.current * scale,
    useFlushSync: false,
    observeElementOffset: (instance, listen) =>
      observeElementOffset(instance, (offset, isScrolling) => listen(offset * scale, isScrolling)),
    scrollToFn: (offset, options, instance) => elementScroll(offset / scale, options, instance),
  });
  const items = virtualizer.getVirtualItems();
  const { rowAt, newer, lost } = useContactRows(shown, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const currentRow = rowAt(current);

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    setViewport(element.clientHeight || 800);
    element.scrollTop = scrollTop.current;
    // coming back from a contact further down, the list shows where one is
    virtualizer.scrollToIndex(cursor.current, { align: 'auto' });
    return () => void (scrollTop.current = element.scrollTop);
  }, [scrollTop, virtualizer]);
  useEffect(() => {
    if (lost) refresh();
  }, [lost, refresh]);
  useEffect(() => onCurrent(currentRow?.id ?? null), [onCurrent, currentRow?.id]);

  // with the peek open a click moves it; without, a click opens
  const onChoose = useCallback(
    (index: number, id: string) => {
      setCurrent(index);
      if (!peek) onOpen(id);
    },
    [peek, onOpen, setCurrent],
  );

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(shown.total - 1, index));
    setCurrent(next);
    virtualizer.scrollToIndex(next, { align: 'auto' });
    announce(t('{{place}} of {{total}}', { place: next + 1, total: shown.total }));
  };
  const moved = useRef(false);
  useContactListKeys({
    current,
    lastIndex: shown.total - 1,
    pageRows: Math.max(1, Math.floor(viewport / rowPx) - 1),
    moveTo: (index) => {
      moved.current = true;
      moveTo(index);
    },
    open: () => currentRow && onOpen(currentRow.id),
  });
  // the focus follows the cursor once the row it moved to exists
  useEffect(() => {
    if (!moved.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!row) return;
    moved.current = false;
    row.focus({ preventScroll: true });
  });

  const first = items[0];
  const shift = (scroller.current?.scrollTop ?? 0) - (virtualizer.scrollOffset ?? 0);
  const offset = scale === 1 ? 0 : shift;
  const cursorIsHere = first !== undefined && current >= first.index && current <= (items.at(-1)?.index ?? 0);
  return (
    <div className="grid-frame">
      {newer > 0 &&
        arrivalsSlot &&
        createPortal(
          <Button size="sm" className="new-pill" onClick={refresh}>
            {t('{{count}} new', { count: newer })}
          </Button>,
          arrivalsSlot,
        )}
      <div className="grid-list" role="grid" aria-label={t('Contacts')} aria-rowcount={shown.total + 1} ref={gridRef}>
        <ContactListHead />
        <div className="grid-scroll" role="rowgroup" ref={scroller} tabIndex={cursorIsHere ? -1 : 0}>
          <div role="presentation" style={{ height, position: 'relative' }}>
            {items.map((item) => {
              const row = rowAt(item.index);
              return (
                <ContactListRow
                  key={row?.id ?? item.index}
                  row={row}
                  index={item.index}
                  top={item.start + offset}
                  current={item.index === current}
                  narrow={narrow}
                  search={shown.view.search}
                  country={country}
                  now={now}
                  onPoint={setCurrent}
                  onChoose={onChoose}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}
