import type { Dashboard } from '../../../../../shared/bridge/dashboard-contract.ts';
import { foldText } from '../../../../../shared/segments/fold-text.ts';

/** Sources that are listed; the others are a matter for the list. */
const MOST_SOURCES = 50;

type Counted = readonly { value: unknown; count: number }[];

/** `facebook` and `Facebook` are one source, called as most of its contacts spell it. What folds to nothing is none. */
export function tallySources(counted: Counted): NonNullable<Dashboard['sources']> {
  const sources = new Map<string, { source: string; spelt: number; contacts: number }>();
  let none = 0;
  for (const { value, count } of counted) {
    if (typeof value !== 'string' || value === '') {
      none += count;
      continue;
    }
    const key = foldText(value);
    const known = sources.get(key) ?? { source: value, spelt: 0, contacts: 0 };
    if (count > known.spelt) Object.assign(known, { source: value, spelt: count });
    known.contacts += count;
    sources.set(key, known);
  }
  const most = [...sources.values()].toSorted((a, b) => b.contacts - a.contacts || (a.source < b.source ? -1 : 1));
  return [
    ...most.slice(0, MOST_SOURCES).map(({ source, contacts }) => ({ source, contacts })),
    { source: null, contacts: none },
  ];
}
