import { memo } from 'react';
import type { ContactRow } from '../../../../../shared/bridge/bridge-contract.ts';
import { contactName } from '../../../lib/contact-name.ts';
import { formatPhone } from '../../../lib/format/format-phone.ts';
import { formatAgo, formatFull } from '../../../lib/format/format-time.ts';
import { Highlight } from '../../../lib/highlight.tsx';
import { Avatar } from '../../../ui/avatar.tsx';
import { Score } from '../../../ui/score.tsx';
import { SyncRing } from '../../../ui/sync-ring.tsx';
import { useLanguage } from '../../../lib/i18n/use-language.ts';
import { t } from '../../../lib/i18n/t.ts';
import { StatusMark } from '../contact-status.tsx';

type RowProps = {
  row: ContactRow | null | undefined;
  index: number;
  top: number;
  current: boolean;
  narrow: boolean;
  search: string;
  country: string;
  now: number;
  onPoint: (index: number) => void;
  onChoose: (index: number, id: string) => void;
};

/** One contact of the list. Memoised: scrolling must not draw the rows that stay. */
export const ContactListRow = memo(function ContactListRow(props: RowProps) {
  useLanguage();
  const { row, index, top, current, narrow, onPoint, onChoose } = props;
  return (
    <div
      className="tr vrow"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={current}
      tabIndex={current ? 0 : -1}
      data-index={index}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => row && onChoose(index, row.id)}
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

function WideCells({ row, search, country, now }: CellsProps) {
  const pending = new Set(row.sync.pending);
  const edited = (...fields: string[]) => (fields.some((field) => pending.has(field)) ? 'edited' : '');
  const touchedAt = row.lastInteractionAt ?? row.createdAt;
  return (
    <>
      <span className="gutter" role="gridcell">
        <SyncRing pending={row.sync.pending.length > 0} refused={row.sync.refused} />
      </span>
      <span className="who" role="gridcell">
        <span className={edited('firstName', 'lastName')}>
          <Highlight text={contactName(row)} search={search} />
        </span>
      </span>
      <span role="gridcell" className={edited('leadScore')}>
        {row.leadScore !== null && <Score score={row.leadScore} />}
      </span>
      <span role="gridcell">
        {row.leadStatus && <StatusMark status={row.leadStatus} edited={pending.has('leadStatus')} />}
      </span>
      <span className="soft by-room-2" role="gridcell">
        <span className={edited('company')}>{row.company && <Highlight text={row.company} search={search} />}</span>
      </span>
      <span className="num" role="gridcell">
        <span className={edited('phone')}>{row.phone && formatPhone(row.phone, country)}</span>
      </span>
      <span className="soft by-room" role="gridcell">
        <span className={edited('email')}>{row.email && <Highlight text={row.email} search={search} />}</span>
      </span>
      <span className="tags by-room" role="gridcell">
        {row.tags.map((tag) => (
          <span key={tag} className="tag" data-pending={pending.has('tags') || undefined}>
            {tag}
          </span>
        ))}
      </span>
      <span className="r text-ink-3" role="gridcell">
        {touchedAt !== null && <time title={formatFull(touchedAt)}>{formatAgo(touchedAt, now)}</time>}
      </span>
    </>
  );
}

function NarrowCells({ row, search, country, now }: CellsProps) {
  const name = contactName(row);
  const touchedAt = row.lastInteractionAt ?? row.createdAt;
  const second = row.company ?? (row.phone ? formatPhone(row.phone, country) : row.email);
  return (
    <>
      <Avatar name={name} size="m" />
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
