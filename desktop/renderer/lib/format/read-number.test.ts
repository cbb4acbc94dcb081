import { expect, test } from 'vitest';
import { readNumber } from './read-number.ts';

test.each([
  ['14200', 14_200],
  ['14,200', 14_200],
  ['1.234.567', 1_234_567],
  ['14.200,5', 14_200.5],
  ['14,200.50', 14_200.5],
  ['14 200', 14_200],
  ['10,5', 10.5],
  ['14.200', 14_200],
  ['0', 0],
  ['', null],
])('“%s” is %s', (typed, number) => {
  expect(readNumber(typed)).toBe(number);
});

test.each(['abc', '1..2', '--3', '5 apples', '12,34,567'])('“%s” is no number', (typed) => {
  expect(readNumber(typed)).toBeNaN();
});
