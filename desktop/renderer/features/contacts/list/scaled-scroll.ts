/** Chromium clamps an element's height at 33,554,430 px (measured); we stay below it. */
export const MAX_HEIGHT_PX = 30_000_000;

export type ScrollScale = {
  /** The height the scrolled element really gets. */
  height: number;
  /** Virtual pixels per real pixel of scrolling: 1 until the list is too tall for a browser. */
  scale: number;
};

/** Maps a list taller than an element can be onto one that fits, so that its last row can still be reached. */
export function scaleScroll(virtualHeight: number, viewport: number): ScrollScale {
  const height = Math.min(virtualHeight, MAX_HEIGHT_PX);
  if (height === virtualHeight || height <= viewport) return { height: virtualHeight, scale: 1 };
  return { height, scale: (virtualHeight - viewport) / (height - viewport) };
}
