import { useCallback, useRef, useState } from 'react';

/** Does one act at a time: a second press before the first has been answered does nothing. `busy` is for the button. */
export function useOnce(): { busy: boolean; once: (act: () => Promise<unknown>) => Promise<void> } {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const once = useCallback(async (act: () => Promise<unknown>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      await act();
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, once };
}
