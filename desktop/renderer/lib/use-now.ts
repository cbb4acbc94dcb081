import { useEffect, useState } from 'react';

const TICK_MS = 30_000;

/** The clock for "9 min ago", a tick every half minute. Ask once per list and hand it down, not once per row. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
