import { ArrowDown, ArrowUp } from 'lucide-react';
import type { SortKey } from '../../../../../shared/bridge/bridge-contract.ts';
import { useContactList } from './contact-list-state.tsx';

const COLUMNS: { label: string; sort?: SortKey; className?: string }[] = [
  { label: 'Name', sort: 'name' },
  { label: 'Score', sort: 'score' },
  { label: 'Status' },
  { label: 'Company', className: 'by-room-2' },
  { label: 'Phone' },
  { label: 'Email', className: 'by-room' },
  { label: 'Tags', className: 'by-room' },
  { label: 'When', sort: 'lastInteractionAt', className: 'r' },
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
        <span className="sr-only">Saved or not</span>
      </span>
      {COLUMNS.map(({ label, sort, className = '' }) => {
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
