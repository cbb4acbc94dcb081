import { expect, test } from 'vitest';
import { readTableName } from './raw-definition.ts';
import { readWhere } from './where-text.ts';

test.each([
  ['', []],
  ['1=1', []],
  [`title = 'it''s'`, [{ column: 'title', value: "it's" }]],
  ['"Odd ""name""" = $1', [{ column: 'Odd "name"', value: 'first' }]],
  [
    `(Kind IN ('a', $2)) and n = -2.5`,
    [
      { column: 'kind', in: ['a', 'second'] },
      { column: 'n', value: '-2.5' },
    ],
  ],
  [
    `at >= '2026-01-01' AND title LIKE 'foo%'`,
    [
      { column: 'at', from: '2026-01-01' },
      { column: 'title', like: 'foo%' },
    ],
  ],
])('reads %s', (text, conditions) => {
  expect(readWhere(text, { 1: 'first', 2: 'second' })).toEqual(conditions);
});

test.each([
  ['1 x 1', 'At location 17: syntax error at or near "x"'],
  ['a = 1 b', 'At location 21: syntax error at or near "b"'],
  ['a =', 'syntax error at end of input'],
  ['a = $3', 'parameter $3 was not provided'],
  ['a = b', 'only comparisons of a column with a value are supported'],
])('refuses %s', (text, message) => {
  expect(() => readWhere(text, {})).toThrow(message);
});

test.each([
  ['Things', { schema: 'public', table: 'things' }],
  ['My."Odd.name"', { schema: 'my', table: 'Odd.name' }],
  ['"a""b"', { schema: 'public', table: 'a"b' }],
  ['a.b.c', null],
  ['', null],
])('reads the table %s', (text, name) => {
  expect(readTableName(text)).toEqual(name);
});
