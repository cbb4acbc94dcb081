import { createContext, useContext } from 'react';
import { formatCount } from '../format/format-count.ts';

/** How many contacts each choice of a filter would show, by filter; null while that is not known, or where nobody counts. */
export type ChoiceCounts = Readonly<Record<string, Readonly<Record<string, number>>>> | null;

export const ChoiceCountsContext = createContext<ChoiceCounts>(null);

/** The numbers beside the choices of one filter. A choice that is missing would show nobody. */
export function useChoiceCounts(filter: string): ((choice: string) => number) | null {
  const counts = useContext(ChoiceCountsContext)?.[filter];
  return counts ? (choice) => counts[choice] ?? 0 : null;
}

export const ChoiceCount = ({ count }: { count: number | undefined }) =>
  count === undefined ? null : <span className="push num text-small text-ink-3">{formatCount(count)}</span>;
