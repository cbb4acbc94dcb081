import { expect, test } from 'vitest';
import { MAX_HEIGHT_PX, scaleScroll } from './scaled-scroll.ts';

test('a list that fits scrolls pixel for pixel', () => {
  expect(scaleScroll(100_000 * 32, 800)).toEqual({ height: 3_200_000, scale: 1 });
});

test('the end of a list too tall for a browser is reached at the end of the scrollbar', () => {
  const virtualHeight = 2_000_000 * 36;
  const { height, scale } = scaleScroll(virtualHeight, 800);
  expect(height).toBe(MAX_HEIGHT_PX);
  expect((height - 800) * scale).toBeCloseTo(virtualHeight - 800, 3);
});
