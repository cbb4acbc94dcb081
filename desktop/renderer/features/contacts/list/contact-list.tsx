import { createPortal } from 'react-dom';
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react';
import { useAnnounce } from '../../../lib/announce.tsx';
import { usePreferences } from '../../../lib/preferences.ts';
import { useIsNarrow } from '../../../lib/use-media.ts';
import { useWidth } from '../../../lib/use-width.ts';
import { Button } from '../../../ui/button.tsx';
import { fitColumns } from './columns/fit-columns.ts';
import { listColumns } from './columns/list-columns.tsx';
import { ContactListHead } from './contact-list-head.tsx';
import type { ShownList } from './contact-list-state.tsx';
import { useContactList } from './contact-list-state.tsx';
import { ContactListRow } from './contact-list-row.tsx';
import { ListPager } from './list-pager.tsx';
import type { Selection } from './selection/use-selection.ts';
import type { EditedCell } from './edit/cell-editor.tsx';
import { useCellCursor } from './edit/use-cell-cursor.ts';
import { usePick } from './selection/use-pick.ts';
import { useCellContext } from './use-cell-context.ts';
import { useContactListKeys } from './use-contact-list-keys.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useLanguage } from '../../../lib/i18n/use-language.ts';
import { useContactRows } from './use-contact-rows.ts';
import { useListScroll } from './use-list-scroll.ts';
import type { RowActs } from './row-menu.tsx';

const ROW_PX = { compact: 28, regular: 32, relaxed: 36 };
const NARROW_ROW_PX = 56;

type ContactListProps = {
  shown: ShownList;
  /** For the search field: ↓ moves into the list. */
  gridRef: RefObject<HTMLDivElement | null>;
  /** Where "12 new" stands: beside the count, never over rows. */
  arrivalsSlot: HTMLElement | null;
  selection: Selection;
  acts: RowActs;
  /** The contact under the cursor, for peek and for what acts on it. */
  onCurrent: (id: string | null) => void;
  onEdit: (cell: EditedCell) => void;
};

/** A window on the whole result, or on one page of it: only the rows in sight exist, whatever the count. */
export function ContactList({ shown, gridRef, arrivalsSlot, selection, acts, onCurrent, onEdit }: ContactListProps) {
  const { current, setCurrent, refresh, peek, list } = useContactList();
  const { density } = usePreferences();
  const narrow = useIsNarrow();
  const announce = useAnnounce();
  const context = useCellContext(shown.view.search);
  const width = useWidth(gridRef);
  const language = useLanguage();
  const rowPx = narrow ? NARROW_ROW_PX : ROW_PX[density];
  // The heads speak the language of the moment; rows are drawn anew when their columns are others.
  const spoken = useMemo(() => ({ language, all: listColumns() }), [language]);
  const { columns, template } = useMemo(
    () => fitColumns(spoken.all, list.columns, width),
    [spoken, list.columns, width],
  );
  const pageSize = list.pageSize ?? shown.total;
  const page = Math.floor(current / Math.max(1, pageSize));
  const firstRow = page * pageSize;
  const rowsOfPage = Math.max(0, Math.min(pageSize, shown.total - firstRow));

  const { scroller, items, height, topOf, pageRows, scrollTo } = useListScroll({ count: rowsOfPage, rowPx, page });
  const from = firstRow + (items[0]?.index ?? 0);
  const to = firstRow + (items.at(-1)?.index ?? 0);
  const { rowAt, newer, lost } = useContactRows(shown, from, to);
  const currentRow = rowAt(current);
  const { onPick, pickTo } = usePick(selection, current);
  const column = useCellCursor({ columns, current, currentRow, grid: gridRef, onEdit });

  useEffect(() => {
    if (lost) refresh();
  }, [lost, refresh]);
  useEffect(() => onCurrent(currentRow?.id ?? null), [onCurrent, currentRow?.id]);

  // with the peek open a click moves it; without, a click on the name opens
  const onChoose = useCallback(
    (index: number, id: string, open: boolean) => {
      setCurrent(index);
      if (open && !peek) acts.open(id);
    },
    [peek, acts, setCurrent],
  );

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(shown.total - 1, index));
    setCurrent(next);
    scrollTo(next - Math.floor(next / pageSize) * pageSize);
    announce(t('{{place}} of {{total}}', { place: next + 1, total: shown.total }));
  };
  const moved = useRef(false);
  const goTo = (index: number) => {
    moved.current = true;
    moveTo(index);
  };
  useContactListKeys({
    current,
    lastIndex: shown.total - 1,
    pageRows,
    moveTo: goTo,
    open: () => currentRow && acts.open(currentRow.id),
    pick: () => currentRow && onPick(current, currentRow.id, false),
    pickTo: (index) => {
      pickTo(index);
      goTo(index);
    },
    selection,
  });
  // the focus follows the cursor once the row it moved to exists
  useEffect(() => {
    if (!moved.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!row) return;
    moved.current = false;
    row.focus({ preventScroll: true });
  });

  const inSight = items.flatMap(({ index }) => rowAt(firstRow + index)?.id ?? []);
  const chosenInSight = inSight.filter((id) => selection.has(id)).length;
  const picked = chosenInSight === 0 ? 'none' : chosenInSight === inSight.length ? 'all' : 'some';
  // Of one long list the page is everybody, and nobody wants a million named one by one.
  const pickPage = () => {
    if (list.pageSize !== undefined)
      return void selection.chooseRange(firstRow, firstRow + rowsOfPage - 1, picked !== 'all');
    return picked === 'all' ? selection.clear() : selection.chooseAll();
  };
  const cursorIsHere = current >= from && current <= to;
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
      <div
        className="grid-list"
        role="grid"
        aria-label={t('Contacts')}
        aria-rowcount={shown.total + 1}
        aria-multiselectable="true"
        ref={gridRef}
        style={{ '--cols': template } as React.CSSProperties}
      >
        <ContactListHead columns={columns} picked={picked} onPickPage={pickPage} />
        <div className="grid-scroll" role="rowgroup" ref={scroller} tabIndex={cursorIsHere ? -1 : 0}>
          <div role="presentation" style={{ height, position: 'relative' }}>
            {items.map((item) => {
              const index = firstRow + item.index;
              const row = rowAt(index);
              return (
                <ContactListRow
                  key={index}
                  row={row}
                  index={index}
                  top={topOf(item)}
                  current={index === current}
                  chosen={row ? selection.has(row.id) : false}
                  narrow={narrow}
                  columns={columns}
                  column={index === current ? column : null}
                  context={context}
                  onPoint={setCurrent}
                  onChoose={onChoose}
                  onPick={onPick}
                  acts={acts}
                />
              );
            })}
          </div>
        </div>
      </div>
      {list.pageSize !== undefined && (
        <ListPager
          page={page}
          pages={Math.ceil(shown.total / pageSize)}
          total={shown.total}
          onPage={(next) => goTo(next * pageSize)}
        />
      )}
    </div>
  );
}
