import { expect, test } from 'vitest';
import { parseMoneyEntry } from './parse-money-entry.ts';

test.each([
  ['14200', 1_420_000],
  ['14,200', 1_420_000],
  ['14.200', 1_420_000],
  ['14,200.50', 1_420_050],
  ['14.200,5', 1_420_050],
  ['$ 14 200', 1_420_000],
  ['14.2k', 1_420_000],
  ['1.25m', 125_000_000],
  ['EUR 10', 1_000],
  ['0', 0],
  ['', null],
])('“%s” is %s cents', (text, cents) => {
  expect(parseMoneyEntry(text)).toEqual({ ok: true, cents });
});

test.each(['abc', '-5', '1..2x', '9999999999999999'])('“%s” is no amount, and it is said why', (text) => {
  expect(parseMoneyEntry(text)).toMatchObject({ ok: false, message: expect.stringMatching(/^That is/) });
});
