import { Popover } from 'radix-ui';
import { useMemo, useRef, type ReactNode, type RefObject } from 'react';
import type { ContactRow } from '../../../../../../shared/bridge/contacts-contract.ts';
import { contactName } from '../../../../lib/contacts/contact-name.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { listColumns } from '../columns/list-columns.tsx';
import type { ColumnKey } from '../columns/list-view.ts';
import { OwnerCell, PageCell, SentimentCell, StageCell, StatusCell } from './choice-cells.tsx';
import { MoneyCell, NameCell, TagsCell, TextCell } from './text-cells.tsx';

export type CellProps = { row: ContactRow; onDone: () => void };

const EDITORS: Partial<Record<ColumnKey, (props: CellProps) => ReactNode>> = {
  name: NameCell,
  score: (props) => <TextCell {...props} field="leadScore" />,
  company: (props) => <TextCell {...props} field="company" />,
  phone: (props) => <TextCell {...props} field="phone" />,
  email: (props) => <TextCell {...props} field="email" />,
  value: (props) => <MoneyCell {...props} field="estimatedRevenueCents" />,
  revenue: (props) => <MoneyCell {...props} field="actualRevenueCents" />,
  stage: StageCell,
  status: StatusCell,
  owner: OwnerCell,
  sentiment: SentimentCell,
  page: PageCell,
  tags: TagsCell,
};

export const isEditable = (column: ColumnKey): boolean => column in EDITORS;

export type EditedCell = { row: ContactRow; column: ColumnKey; anchor: HTMLElement };

type CellEditorProps = { cell: EditedCell; grid: RefObject<HTMLElement | null>; onClose: () => void };

/**
 * Changes one value where it stands. Enter saves and so does a click elsewhere, unless something is wrong with what was typed: then it
 * stays with the reason. Escape leaves the value as it was. It outlives its row being scrolled away or ordered elsewhere.
 */
export function CellEditor({ cell, grid, onClose }: CellEditorProps) {
  const content = useRef<HTMLDivElement>(null);
  const anchor = useMemo(() => placeOf(cell.anchor), [cell.anchor]);
  const Editor = EDITORS[cell.column];
  const column = listColumns().find(({ key }) => key === cell.column);
  if (!Editor || !column) return null;
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          ref={content}
          className="menu cell-editor"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={t('{{field}} of {{name}}', { field: column.label, name: contactName(cell.row) })}
          // Tags open their own picker, which closes when the focus is taken from it.
          onOpenAutoFocus={(event) => cell.column === 'tags' && event.preventDefault()}
          onInteractOutside={(event) => {
            const form = content.current?.querySelector('form');
            if (!form) return;
            event.preventDefault();
            form.requestSubmit();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Whoever clicked elsewhere stays there.
            const { activeElement } = document;
            if (activeElement !== document.body && !content.current?.contains(activeElement)) return;
            const row = cell.anchor.isConnected ? cell.anchor.closest<HTMLElement>('[role="row"]') : null;
            (row ?? grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]'))?.focus();
          }}
        >
          <Editor row={cell.row} onDone={onClose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Where a cell is, or was when it was last there. */
function placeOf(element: HTMLElement) {
  const seen = { last: element.getBoundingClientRect() };
  const getBoundingClientRect = () => {
    if (element.isConnected) seen.last = element.getBoundingClientRect();
    return seen.last;
  };
  return { current: { getBoundingClientRect } };
}
