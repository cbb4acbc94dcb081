import { useEffect, useRef, type RefObject } from 'react';

/** Where the focus goes when a condition is taken away: to the one before it, else to what adds one, never nowhere. */
export function useChipFocus(among: RefObject<HTMLElement | null>): (removed: number) => void {
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const chips = [...(among.current?.querySelectorAll<HTMLElement>('.chip') ?? [])];
    // Not those of the groups inside.
    chips.filter((chip) => chip.closest('[data-chips]') === among.current)[wanted.current]?.focus();
    wanted.current = null;
  });
  return (removed) => {
    wanted.current = Math.max(0, removed - 1);
  };
}
