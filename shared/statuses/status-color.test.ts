import { expect, test } from 'vitest';
import { colorProblem, contrastOf } from './status-color.ts';

test('contrast is that of WCAG: 21 between black and white, 1 to itself, the same either way', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#3b6fd4', '#3b6fd4')).toBe(1);
  expect(contrastOf('#3b6fd4', '#fdfdfb')).toBeCloseTo(4.68, 2);
  expect(contrastOf('#fdfdfb', '#3b6fd4')).toBeCloseTo(4.68, 2);
});

test('a colour that one of the themes hides is refused with what to do about it', () => {
  expect(colorProblem('#ffee88')).toContain('choose a darker one');
  expect(colorProblem('#201010')).toContain('choose a lighter one');
  for (const seen of ['#3b6fd4', '#8a5a00', '#c8372b', '#6b7280']) expect(colorProblem(seen)).toBeNull();
});
