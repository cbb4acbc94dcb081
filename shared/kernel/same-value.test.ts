import { expect, test } from 'vitest';
import { isSameValue } from './same-value.ts';

test('values are the same whatever the order of keys, at any depth', () => {
  expect(isSameValue({ a: 1, b: [{ c: null, d: 'x' }] }, { b: [{ d: 'x', c: null }], a: 1 })).toBe(true);
});

test.each([
  [null, undefined],
  [null, {}],
  [[], {}],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: 1 }, { b: 1 }],
  [{ a: undefined }, {}],
  ['1', 1],
])('%j and %j are different', (a, b) => {
  expect(isSameValue(a, b)).toBe(false);
  expect(isSameValue(b, a)).toBe(false);
});
