import { useCallback, useEffect, useReducer, useRef, type RefObject } from 'react';
import type { Place } from './board.tsx';

/**
 * The focus goes to the card at `place` once that card is there: after `follow`, and after `regain` where a card that others moved away
 * took it along; then to the one that is in its place by now. It is never taken from a field.
 */
export function useBoardFocus(
  board: RefObject<HTMLElement | null>,
  place: Place,
  cards: number,
): { follow: () => void; regain: () => void } {
  const isWanted = useRef(false);
  const isLost = useRef(false);
  const [, lookAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (document.activeElement !== document.body) isLost.current = false;
    if (!isWanted.current && !isLost.current) return;
    const cardAt = (index: number) =>
      board.current?.querySelector<HTMLElement>(`[data-lane="${place.lane}"] [data-card="${index}"]`);
    const card = cardAt(place.index) ?? (isLost.current ? cardAt(cards - 1) : null);
    if (!card) return;
    isWanted.current = false;
    isLost.current = false;
    card.focus();
  });
  const follow = useCallback(() => void (isWanted.current = true), []);
  const regain = useCallback(() => {
    isLost.current = true;
    lookAgain();
  }, []);
  return { follow, regain };
}
