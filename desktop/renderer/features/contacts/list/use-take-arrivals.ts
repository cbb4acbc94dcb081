import { useEffect } from 'react';
import { useQuery } from '../../../lib/use-query.ts';
import type { ShownList } from './contact-list-state.tsx';

/**
 * Takes what has arrived without being asked while there is nothing to keep still: an empty list,
 * or the first sync still filling it from the start.
 */
export function useTakeArrivals(shown: ShownList | null, refresh: () => void): void {
  const { data: count } = useQuery('contacts.count', {});
  const { data: sync } = useQuery('sync.get', {});
  const filling = sync?.firstSync !== null && sync?.firstSync !== undefined;
  const grew = shown !== null && shown.view.search === '' && count !== undefined && count > shown.total;
  const take = grew && !shown.capped && (shown.total === 0 || filling);
  useEffect(() => {
    if (take) refresh();
  }, [take, refresh]);
}
