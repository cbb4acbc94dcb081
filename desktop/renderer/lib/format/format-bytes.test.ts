import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [812_345, '812 kB'],
  [9_940_000, '9.9 MB'],
  [9_960_000, '10 MB'],
  [686_000_000, '686 MB'],
  [1_230_000_000, '1.2 GB'],
])('%i bytes reads as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
