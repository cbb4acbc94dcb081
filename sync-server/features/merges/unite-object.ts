import { isSameValue } from '../../../shared/kernel/same-value.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * An object of values that was edited as a whole on what it was before (`base`), while others changed it to `current`: what the
 * edit changed is changed, the rest is as the others left it. `isMet` when both changed one value and not to the same.
 */
export function uniteObject(base: Json | null, mine: Json | null, current: Json | null) {
  const [was, sent, now] = [base, mine, current].map((values) => new Map(Object.entries(values ?? {})));
  const united = new Map(now);
  let isMet = false;
  for (const key of new Set([...(was?.keys() ?? []), ...(sent?.keys() ?? [])])) {
    const value = sent?.get(key);
    if (isSame(value, was?.get(key))) continue;
    if (!isSame(now?.get(key), was?.get(key)) && !isSame(now?.get(key), value)) isMet = true;
    if (value === undefined) united.delete(key);
    else united.set(key, value);
  }
  return { value: united.size > 0 ? Object.fromEntries(united) : null, isMet };
}

const isSame = (a: unknown, b: unknown): boolean => a === b || isSameValue(a, b);
