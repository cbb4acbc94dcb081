import { useCallback, useRef } from 'react';
import type { Selection } from './use-selection.ts';

type Pick = {
  /** With `range` everybody from the one chosen last up to here. */
  onPick: (index: number, id: string, range: boolean) => void;
  /** From the cursor to a place beside it. */
  pickTo: (index: number) => void;
};

/** Choosing row by row and in stretches, as in every list of files. */
export function usePick(selection: Selection, current: number): Pick {
  const anchor = useRef<number | null>(null);
  const { toggle, chooseRange } = selection;
  const onPick = useCallback(
    (index: number, id: string, range: boolean) => {
      if (range && anchor.current !== null) void chooseRange(anchor.current, index);
      else toggle(id);
      anchor.current = index;
    },
    [toggle, chooseRange],
  );
  return { onPick, pickTo: (index) => void chooseRange(current, index) };
}
