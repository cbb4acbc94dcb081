import { useLayoutEffect, useState, type RefObject } from 'react';

/** How wide an element is, in pixels; as wide as the window until it is there. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(() => window.innerWidth);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(() => setWidth(watched.clientWidth || window.innerWidth));
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
