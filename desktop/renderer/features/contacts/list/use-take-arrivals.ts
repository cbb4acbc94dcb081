import { useEffect, useState } from 'react';
import { useQuery } from '../../../lib/use-query.ts';
import type { ShownList } from './contact-list-state.tsx';

/** Ordering a growing list anew costs the more the longer it is. */
const BETWEEN_TAKES_MS = 1_000;

/**
 * Takes what has arrived without being asked while there is nothing to keep still: an empty list,
 * or the first sync still filling it from the start.
 */
export function useTakeArrivals(shown: ShownList | null, refresh: () => void): void {
  const { data: count } = useQuery('contacts.count', {});
  const { data: sync } = useQuery('sync.get', {});
  const filling = sync?.firstSync !== null && sync?.firstSync !== undefined;
  const grew = shown !== null && shown.view.search === '' && count !== undefined && count > shown.total;
  const empty = shown?.total === 0;
  // What came between the last take and the end of the first sync is still part of it.
  const [wasFilling, setWasFilling] = useState(false);
  if (filling && !wasFilling) setWasFilling(true);
  const settled = wasFilling && !filling && !grew && shown !== null;
  if (settled) setWasFilling(false);
  const take = grew && !shown.capped && (empty || filling || wasFilling);
  useEffect(() => {
    if (!take) return undefined;
    const timer = setTimeout(refresh, empty ? 0 : BETWEEN_TAKES_MS);
    return () => clearTimeout(timer);
  }, [take, empty, refresh]);
}
