import { useEffect, useRef } from 'react';

type Card = { id: string };

/**
 * Where one was in a list of cards (elements with `data-card`): when the card that had the focus is done, archived or
 * deleted, the focus goes to the one that took its place, so that the next key acts on it.
 */
export function useKeptPlace(cards: readonly Card[], go: (id: string) => void): void {
  const held = useRef<string | null>(null);
  const listed = useRef<readonly string[]>([]);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      held.current =
        target instanceof Element ? (target.closest<HTMLElement>('[data-card]')?.dataset['card'] ?? null) : null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const before = listed.current;
    const now = cards.map(({ id }) => id);
    listed.current = now;
    const at = held.current === null ? -1 : before.indexOf(held.current);
    if (at < 0 || now.includes(held.current ?? '') || document.activeElement !== document.body) return;
    const left = new Set(now);
    const place = before.slice(0, at).filter((id) => left.has(id)).length;
    const next = now[Math.min(place, now.length - 1)];
    if (next !== undefined) go(next);
  });
}
