import { expect, test } from 'vitest';
import { moneyToEdit } from '../../../../lib/format/format-money.ts';
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

test('an amount is in the smallest unit of its currency: yen have no cents, dinars a thousandth', () => {
  expect(parseMoneyEntry('14,200', 0)).toEqual({ ok: true, cents: 14_200 });
  expect(parseMoneyEntry('14.5', 3)).toEqual({ ok: true, cents: 14_500 });
  expect([moneyToEdit(14_200, 'JPY'), moneyToEdit(1_420_050, 'USD'), moneyToEdit(null, 'USD')]).toEqual([
    '14200',
    '14200.5',
    '',
  ]);
});
