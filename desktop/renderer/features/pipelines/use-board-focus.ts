import { useCallback, useEffect, useReducer, useRef, type RefObject } from 'react';
import type { Place } from './board.tsx';

/** A card by its contact, in the lane it moves to: what stands in its place before it came is not meant. */
type Moved = { lane: number; id: string };

export type BoardFocus = {
  /** The card at the place that is set now, or the one that was moved there. */
  follow: (moved?: Moved) => void;
  /** A card that goes had the focus. */
  onGone: () => void;
  /** A card has come. */
  onShown: () => void;
};

/**
 * The focus goes to the card that is meant once it is there. Where others moved the card away that had it, it goes to the one that is in
 * its place by now, and is never taken from a field.
 */
export function useBoardFocus(board: RefObject<HTMLElement | null>, place: Place, cards: number): BoardFocus {
  const wanted = useRef<Moved | 'place' | null>(null);
  const isLost = useRef(false);
  const [, lookAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (document.activeElement !== document.body) isLost.current = false;
    if (wanted.current === null && !isLost.current) return;
    const find = (lane: number, which: string) =>
      board.current?.querySelector<HTMLElement>(`[data-lane="${lane}"] ${which}`) ?? null;
    const at = (index: number) => find(place.lane, `[data-card="${index}"]`);
    const meant = wanted.current;
    const card =
      meant === null
        ? (at(place.index) ?? at(cards - 1))
        : meant === 'place'
          ? at(place.index)
          : find(meant.lane, `[data-contact="${meant.id}"]`);
    if (!card) return;
    wanted.current = null;
    isLost.current = false;
    card.focus();
  });
  const follow = useCallback((moved?: Moved) => {
    wanted.current = moved ?? 'place';
    lookAgain();
  }, []);
  const onGone = useCallback(() => {
    isLost.current = true;
    lookAgain();
  }, []);
  const onShown = useCallback(() => {
    if (wanted.current !== null || isLost.current) lookAgain();
  }, []);
  return { follow, onGone, onShown };
}
