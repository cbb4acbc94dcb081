import { memo } from 'react';
import type { ContactRow } from '../../../../../shared/bridge/contacts-contract.ts';
import { contactName } from '../../../lib/contacts/contact-name.ts';
import { formatPhone } from '../../../lib/format/format-phone.ts';
import { formatAgo } from '../../../lib/format/format-time.ts';
import { Highlight } from '../../../lib/highlight.tsx';
import { useLanguage } from '../../../lib/i18n/use-language.ts';
import { t } from '../../../lib/i18n/t.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Score } from '../../../ui/score.tsx';
import { SyncRing } from '../../../ui/sync-ring.tsx';
import type { FittedColumn } from './columns/fit-columns.ts';
import type { CellContext } from './columns/list-columns.tsx';
import type { ColumnKey } from './columns/list-view.ts';
import { RowMenu, type RowActs } from './row-menu.tsx';

type RowProps = {
  row: ContactRow | null | undefined;
  index: number;
  top: number;
  current: boolean;
  chosen: boolean;
  narrow: boolean;
  columns: readonly FittedColumn[];
  /** The column under the cursor, once somebody moved sideways. */
  column: ColumnKey | null;
  context: CellContext;
  onPoint: (index: number) => void;
  /** A click. On the name it opens; on any other value it puts the cursor there. */
  onChoose: (index: number, id: string, open: boolean) => void;
  onPick: (index: number, id: string, range: boolean) => void;
  acts: RowActs;
};

/** Names and pictures lead to the contact, and in a narrow window every row does. */
function opens(target: HTMLElement): boolean {
  const column = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
  return column === undefined || column === 'name' || column === 'avatar';
}

/** One contact of the list. Memoised: scrolling must not draw the rows that stay. */
export const ContactListRow = memo(function ContactListRow(props: RowProps) {
  useLanguage();
  const { row, index, top, current, chosen, narrow, onPoint, onChoose, onPick } = props;
  return (
    <div
      className="tr vrow"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      aria-current={current || undefined}
      tabIndex={current ? 0 : -1}
      data-index={index}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => {
        if (!row) return;
        if (event.shiftKey || event.metaKey || event.ctrlKey) onPick(index, row.id, event.shiftKey);
        else onChoose(index, row.id, opens(event.target as HTMLElement));
      }}
      onFocus={() => onPoint(index)}
    >
      {row ? (
        narrow ? (
          <NarrowCells {...props} row={row} />
        ) : (
          <WideCells {...props} row={row} />
        )
      ) : (
        <MissingCells deleted={row === null} />
      )}
    </div>
  );
});

function MissingCells({ deleted }: { deleted: boolean }) {
  return (
    <>
      <span className="gutter" role="gridcell" />
      <span role="gridcell" className="text-ink-3">
        {deleted ? t('Deleted') : '…'}
      </span>
    </>
  );
}

type CellsProps = RowProps & { row: ContactRow };

function PickCell({ row, index, chosen, onPick }: CellsProps) {
  return (
    <span className="pick" role="gridcell">
      <SyncRing pending={row.sync.pending.length > 0} refused={row.sync.refused} />
      <input
        className="check"
        type="checkbox"
        tabIndex={-1}
        checked={chosen}
        aria-label={t('Choose {{name}}', { name: contactName(row) })}
        onChange={() => undefined}
        onClick={(event) => {
          event.stopPropagation();
          onPick(index, row.id, event.shiftKey);
        }}
      />
    </span>
  );
}

function WideCells(props: CellsProps) {
  const { row, index, columns, context, acts, current, column } = props;
  const pending = new Set(row.sync.pending);
  return (
    <>
      <PickCell {...props} />
      {columns.map(({ key, fields, end, cell }) => (
        <span
          key={key}
          role="gridcell"
          data-column={key}
          data-cursor={(current && key === column) || undefined}
          className={end ? 'r text-ink-2' : key === 'name' ? 'who' : `cell-${key}`}
        >
          <span className={fields.some((field) => pending.has(field)) ? 'edited' : undefined}>
            {cell(row, context)}
          </span>
        </span>
      ))}
      <RowMenu id={row.id} name={contactName(row)} index={index} acts={acts} />
    </>
  );
}

function NarrowCells(props: CellsProps) {
  const { row, context, chosen } = props;
  const { search, country, now } = context;
  const name = contactName(row);
  const touchedAt = row.lastInteractionAt ?? row.createdAt;
  const second = row.company ?? (row.phone ? formatPhone(row.phone, country) : row.email);
  return (
    <>
      {chosen ? <PickCell {...props} /> : <Avatar name={name} size="m" />}
      <span role="gridcell" className="grid flex-1 !px-0">
        <span className="trunc med">
          <Highlight text={name} search={search} />
        </span>
        <span className="trunc text-small text-ink-2">{second}</span>
      </span>
      <span role="gridcell" className="grid justify-items-end !px-0 text-small text-ink-3">
        <span className="flex items-center gap-1.5">
          <SyncRing pending={row.sync.pending.length > 0} refused={row.sync.refused} />
          {touchedAt !== null && <time>{formatAgo(touchedAt, now)}</time>}
        </span>
        {row.leadScore !== null && <Score score={row.leadScore} />}
      </span>
    </>
  );
}
