import { ArrowDown, ArrowUp } from 'lucide-react';
import type { SortKey } from '../../../../../shared/bridge/bridge-contract.ts';
import { t } from '../../../lib/i18n/t.ts';
import { useContactList } from './contact-list-state.tsx';

const columns = (): { label: string; sort?: SortKey; className?: string }[] => [
  { label: t('Name'), sort: 'name' },
  { label: t('Score'), sort: 'score' },
  { label: t('Status') },
  { label: t('Company'), className: 'by-room-2' },
  { label: t('Phone') },
  { label: t('Email'), className: 'by-room' },
  { label: t('Tags'), className: 'by-room' },
  { label: t('When'), sort: 'lastInteractionAt', className: 'r' },
];

/** The order a column begins with: names from A, everything else from the top. */
export const firstOrder = (sort: SortKey): 'asc' | 'desc' => (sort === 'name' ? 'asc' : 'desc');

export function ContactListHead() {
  const { view, setView } = useContactList();
  const sortBy = (sort: SortKey) => {
    const flipped = view.order === 'asc' ? 'desc' : 'asc';
    setView({ sort, order: view.sort === sort ? flipped : firstOrder(sort) });
  };
  return (
    <div className="tr head" role="row" aria-rowindex={1}>
      <span role="columnheader">
        <span className="sr-only">{t('Saved or not')}</span>
      </span>
      {columns().map(({ label, sort, className = '' }) => {
        if (!sort)
          return (
            <span key={label} role="columnheader" className={className}>
              {label}
            </span>
          );
        const sorted = view.sort === sort;
        const Arrow = view.order === 'asc' ? ArrowUp : ArrowDown;
        return (
          <span
            key={label}
            role="columnheader"
            className={className}
            aria-sort={sorted ? (view.order === 'asc' ? 'ascending' : 'descending') : 'none'}
          >
            <button type="button" onClick={() => sortBy(sort)}>
              {label}
              {sorted && <Arrow size={12} aria-hidden="true" />}
            </button>
          </span>
        );
      })}
    </div>
  );
}
