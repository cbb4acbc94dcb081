import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
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

/** Changes one value where it stands. Enter saves, Escape leaves it as it was. */
export function CellEditor({ cell, onClose }: { cell: EditedCell; onClose: () => void }) {
  const Editor = EDITORS[cell.column];
  const column = listColumns().find(({ key }) => key === cell.column);
  if (!Editor || !column) return null;
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={{ current: cell.anchor }} />
      <Popover.Portal>
        <Popover.Content
          className="menu cell-editor"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={t('{{field}} of {{name}}', { field: column.label, name: contactName(cell.row) })}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            cell.anchor.closest<HTMLElement>('[role="row"]')?.focus();
          }}
        >
          <Editor row={cell.row} onDone={onClose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
