import { ArrowDown, ArrowUp } from 'lucide-react';
import type { SortKey } from '../../../../../shared/bridge/contacts-contract.ts';
import { t } from '../../../lib/i18n/t.ts';
import type { FittedColumn } from './columns/fit-columns.ts';
import { ColumnEdge } from './columns/column-edge.tsx';
import { useContactList } from './contact-list-state.tsx';

/** The order a column begins with: names from A, everything else from the top. */
export const firstOrder = (sort: SortKey): 'asc' | 'desc' => (['name', 'company'].includes(sort) ? 'asc' : 'desc');

type HeadProps = {
  columns: readonly FittedColumn[];
  /** Of the rows in sight: all chosen, some, or none. */
  picked: 'all' | 'some' | 'none';
  onPickPage: () => void;
};

export function ContactListHead({ columns, picked, onPickPage }: HeadProps) {
  const { list, change } = useContactList();
  const sortBy = (sort: SortKey) => {
    const flipped = list.order === 'asc' ? 'desc' : 'asc';
    change({ sort, order: list.sort === sort ? flipped : firstOrder(sort) });
  };
  return (
    <div className="tr head" role="row" aria-rowindex={1}>
      <span role="columnheader" className="pick">
        <input
          className="check"
          type="checkbox"
          checked={picked === 'all'}
          ref={(box) => {
            if (box) box.indeterminate = picked === 'some';
          }}
          aria-label={list.pageSize === undefined ? t('Choose everybody of the list') : t('Choose all on this page')}
          onChange={onPickPage}
        />
      </span>
      {columns.map(({ key, label, sort, end }) => {
        const sorted = sort !== undefined && list.sort === sort;
        const Arrow = list.order === 'asc' ? ArrowUp : ArrowDown;
        return (
          <span
            key={key}
            role="columnheader"
            className={end ? 'r' : undefined}
            aria-sort={sort ? (sorted ? (list.order === 'asc' ? 'ascending' : 'descending') : 'none') : undefined}
          >
            {sort ? (
              <button type="button" onClick={() => sortBy(sort)}>
                {label}
                {sorted && <Arrow size={12} aria-hidden="true" />}
              </button>
            ) : (
              <span className={key === 'avatar' ? 'sr-only' : 'trunc'}>{label}</span>
            )}
            <ColumnEdge column={key} label={label} />
          </span>
        );
      })}
      <span role="columnheader">
        <span className="sr-only">{t('More')}</span>
      </span>
    </div>
  );
}
