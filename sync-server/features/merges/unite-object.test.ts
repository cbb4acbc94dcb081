import { expect, test } from 'vitest';
import { uniteObject } from './unite-object.ts';

const base = { roof: 'flat', floors: 2 };

test('two who change different values both win', () => {
  expect(uniteObject(base, { roof: 'steep', floors: 2 }, { roof: 'flat', floors: 3, garden: true })).toEqual({
    value: { roof: 'steep', floors: 3, garden: true },
    isMet: false,
  });
});

test('what the edit took away is gone, and what others added stays', () => {
  expect(uniteObject(base, { floors: 2 }, { ...base, garden: true })).toEqual({
    value: { floors: 2, garden: true },
    isMet: false,
  });
  expect(uniteObject(base, null, { ...base, garden: true }).value).toEqual({ garden: true });
  expect(uniteObject(base, null, base).value).toBeNull();
});

test('one value that both changed is the later one, and has met unless they agree', () => {
  expect(uniteObject(base, { ...base, floors: 4 }, { ...base, floors: 3 })).toEqual({
    value: { ...base, floors: 4 },
    isMet: true,
  });
  expect(uniteObject(base, { ...base, floors: 3 }, { ...base, floors: 3 }).isMet).toBe(false);
  expect(uniteObject(base, { floors: 2 }, { ...base, roof: 'green' })).toEqual({ value: { floors: 2 }, isMet: true });
});

test('an edit on nothing, and keys that mean something to a computer', () => {
  expect(uniteObject(null, { a: 1 }, { b: 2 }).value).toEqual({ a: 1, b: 2 });
  const hostile = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}') as Record<string, unknown>;
  const { value } = uniteObject(null, hostile, null);
  expect(JSON.stringify(value)).toBe(JSON.stringify(hostile));
});
