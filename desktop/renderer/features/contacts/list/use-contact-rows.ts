import { useQueries } from '@tanstack/react-query';
import type { ContactRow } from '../../../../../shared/bridge/contacts-contract.ts';
import { useBridge } from '../../../lib/bridge-context.tsx';
import { bridgeQuery } from '../../../lib/use-query.ts';
import { PAGE_ROWS, type ShownList } from './contact-list-state.tsx';

/** Rows scrolled away are forgotten soon: a hundred thousand of them are not worth the memory. */
const FORGET_MS = 30_000;

type RowLookup = {
  /** undefined: still on its way. null: deleted since. */
  rowAt: (index: number) => ContactRow | null | undefined;
  /** Contacts that the order on screen does not have yet. */
  newer: number;
  /** The core does not know this order any more (it was started anew): it has to be ordered again. */
  lost: boolean;
};

/** The rows from `first` to `last` of the order on screen, in pages of 100 that stay live. */
export function useContactRows(shown: ShownList, first: number, last: number): RowLookup {
  const bridge = useBridge();
  const firstPage = Math.floor(Math.max(0, first) / PAGE_ROWS);
  const lastPage = Math.floor(Math.max(0, last) / PAGE_ROWS);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  const { view, snapshot } = shown;
  const results = useQueries({
    queries: pages.map((page) => ({
      ...bridgeQuery(bridge, 'contacts.window', { view, snapshot, from: page * PAGE_ROWS, count: PAGE_ROWS }),
      gcTime: FORGET_MS,
    })),
  });
  return {
    rowAt: (index) => results[Math.floor(index / PAGE_ROWS) - firstPage]?.data?.rows[index % PAGE_ROWS],
    lost: results.some(({ isError, data }) => isError || (data !== undefined && data.snapshot !== snapshot)),
    newer: Math.max(0, ...results.map((result) => result.data?.newer ?? 0)),
  };
}
