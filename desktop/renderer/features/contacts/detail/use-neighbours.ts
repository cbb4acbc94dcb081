import { useEffect } from 'react';
import { useQuery } from '../../../lib/use-query.ts';
import { useContactList } from '../list/contact-list-state.tsx';

const NOWHERE = { search: '', sort: 'name', order: 'asc' } as const;

/** The contacts before and after this one in the list it was opened from, and its place there (-1: not in it). */
export function useNeighbours(id: string): { place: number; previous: string | null; next: string | null } {
  const { shown, setCurrent } = useContactList();
  const view = shown?.view ?? NOWHERE;
  const snapshot = shown?.snapshot ?? 0;
  const { data: place = -1 } = useQuery('contacts.indexOf', { view, snapshot, id }, { enabled: shown !== null });
  const from = Math.max(0, place - 1);
  const { data: around } = useQuery(
    'contacts.window',
    { view, snapshot, from, count: 3 },
    { enabled: shown !== null && place >= 0 },
  );
  useEffect(() => {
    if (place >= 0) setCurrent(place);
  }, [place, setCurrent]);
  if (place < 0 || !around) return { place, previous: null, next: null };
  return {
    place,
    previous: place > 0 ? (around.rows[0]?.id ?? null) : null,
    next: around.rows[place - from + 1]?.id ?? null,
  };
}
