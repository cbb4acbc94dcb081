import { elementScroll, observeElementOffset, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useContactList } from './contact-list-state.tsx';
import { scaleScroll } from './scaled-scroll.ts';

const OVERSCAN = 12;

type ListScroll = {
  scroller: RefObject<HTMLDivElement | null>;
  items: VirtualItem[];
  height: number;
  topOf: (item: VirtualItem) => number;
  /** Rows that fit, but for one that stays in sight. */
  pageRows: number;
  scrollTo: (index: number) => void;
};

/** Only the rows in sight of `count`, however many there are; the place is kept while one is away. */
export function useListScroll({ count, rowPx, page }: { count: number; rowPx: number; page: number }): ListScroll {
  const { scrollTop, current } = useContactList();
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(800);
  const cursor = useRef(current);
  const shownPage = useRef(page);
  const { height, scale } = scaleScroll(count * rowPx, viewport);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    initialOffset: scrollTop.current * scale,
    useFlushSync: false,
    observeElementOffset: (instance, listen) =>
      observeElementOffset(instance, (offset, isScrolling) => listen(offset * scale, isScrolling)),
    scrollToFn: (offset, options, instance) => elementScroll(offset / scale, options, instance),
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    setViewport(element.clientHeight || 800);
    element.scrollTop = scrollTop.current;
    // coming back from a contact further down, the list shows where one is
    virtualizer.scrollToIndex(cursor.current % Math.max(1, count), { align: 'auto' });
    return () => void (scrollTop.current = element.scrollTop);
    // Only when it comes and goes: a list that grows keeps its place.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [scrollTop, virtualizer]);
  useLayoutEffect(() => {
    if (shownPage.current === page) return;
    shownPage.current = page;
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [page]);
  const shift = (scroller.current?.scrollTop ?? 0) - (virtualizer.scrollOffset ?? 0);
  const offset = scale === 1 ? 0 : shift;
  return {
    scroller,
    items: virtualizer.getVirtualItems(),
    height,
    topOf: (item) => item.start + offset,
    pageRows: Math.max(1, Math.floor(viewport / rowPx) - 1),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
