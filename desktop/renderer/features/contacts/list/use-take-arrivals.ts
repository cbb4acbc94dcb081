import { useEffect, useState } from 'react';
import { useQuery } from '../../../lib/use-query.ts';
import type { ShownList } from './contact-list-state.tsx';

/** Ordering a growing list anew costs the more the longer it is. */
const BETWEEN_TAKES_MS = 1_000;

/**
 * Takes what has arrived without being asked while there is nothing to keep still: an empty list,
 * or one that the first sync fills from the start, until it has caught up.
 */
export function useTakeArrivals(shown: ShownList | null, refresh: () => void): void {
  const { data: count } = useQuery('contacts.count', {});
  const { data: sync } = useQuery('sync.get', {});
  const [filling, setFilling] = useState(false);
  const empty = shown?.total === 0;
  const hasFound = useHasFound(shown, empty);
  const arriving = (sync?.firstSync ?? null) !== null || sync?.status === 'starting';
  const grew =
    shown !== null &&
    shown.view.search === '' &&
    shown.view.filter === undefined &&
    count !== undefined &&
    count > shown.total;
  if ((empty || arriving) && !filling) setFilling(true);
  else if (!empty && !arriving && !grew && shown !== null && count !== undefined && filling) setFilling(false);

  const take = hasFound || (grew && filling && !shown.capped);
  useEffect(() => {
    if (!take) return undefined;
    const timer = setTimeout(refresh, empty ? 0 : BETWEEN_TAKES_MS);
    return () => clearTimeout(timer);
  }, [take, empty, refresh]);
}

/** Whether a list with nobody in it, for all that was searched and filtered, would have somebody now. */
function useHasFound(shown: ShownList | null, empty: boolean): boolean {
  const { view, snapshot } = shown ?? NOWHERE;
  const { data } = useQuery('contacts.window', { view, snapshot, from: 0, count: 1 }, { enabled: empty });
  return empty && data !== undefined && (data.newer > 0 || data.total > 0);
}

const NOWHERE = { view: { search: '', sort: 'name', order: 'asc' }, snapshot: null } as const;
