import { expect, test } from 'vitest';
import { kindOfValue, parseAttribute, withAttribute } from './parse-attribute.ts';

test.each([
  ['number', ' 1 200,5 ', 1200.5],
  ['date', '2026-02-28', '2026-02-28'],
  ['object', '{"a": {"b": [1]}}', { a: { b: [1] } }],
  ['text', ' Gas furnace ', 'Gas furnace'],
  ['number', '  ', null],
] as const)('a %s typed as “%s” is stored', (kind, typed, value) => {
  expect(parseAttribute(kind, typed)).toEqual({ ok: true, value });
});

test.each([
  ['number', 'twelve', /not a number/],
  ['date', '2026-02-30', /year-month-day/],
  ['date', 'tomorrow', /year-month-day/],
  ['object', '{"a": 1', /not JSON yet, nothing was saved/],
  ['object', '12', /single value/],
] as const)('a %s typed as “%s” is told to be wrong', (kind, typed, words) => {
  expect(parseAttribute(kind, typed)).toMatchObject({ ok: false, message: expect.stringMatching(words) });
});

test('a key that means something to a computer is just text', () => {
  const attributes = withAttribute(withAttribute(null, '__proto__', 'x'), 'constructor', { toString: 1 });
  expect(Object.keys(attributes ?? {})).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  expect(withAttribute(attributes, '__proto__', null)).toEqual({ constructor: { toString: 1 } });
  expect(withAttribute({ a: 1 }, 'a', null)).toBeNull();
});

test('an attribute that nobody defined is what its value is', () => {
  expect([1, true, 'x', { a: 1 }, null].map(kindOfValue)).toEqual(['number', 'boolean', 'text', 'object', 'text']);
});
