import { expect, test } from 'vitest';
import { countSmsSegments } from './sms-segments.ts';

test('nothing is no part', () => {
  expect(countSmsSegments('')).toEqual({ alphabet: 'gsm7', characters: 0, parts: 0 });
});

test('160 plain characters fit one part, 161 need two of 153', () => {
  expect(countSmsSegments('a'.repeat(160))).toEqual({ alphabet: 'gsm7', characters: 160, parts: 1 });
  expect(countSmsSegments('a'.repeat(161)).parts).toBe(2);
  expect(countSmsSegments('a'.repeat(306)).parts).toBe(2);
  expect(countSmsSegments('a'.repeat(307)).parts).toBe(3);
});

test('one sign outside the alphabet makes it 70 and 67', () => {
  expect(countSmsSegments(`${'a'.repeat(69)}’`)).toEqual({ alphabet: 'ucs2', characters: 70, parts: 1 });
  expect(countSmsSegments(`${'a'.repeat(70)}’`).parts).toBe(2);
  expect(countSmsSegments(`${'a'.repeat(134)}’`).parts).toBe(3);
});

test('a sign of the extension counts two', () => {
  expect(countSmsSegments('€')).toEqual({ alphabet: 'gsm7', characters: 2, parts: 1 });
  expect(countSmsSegments('€'.repeat(81)).parts).toBe(2);
});

test('an emoji is never cut between two parts', () => {
  // 66 units, then an emoji of two that no longer fits the 67 of the first part
  const text = `${'é’'.repeat(33)}😀${'’'.repeat(65)}`;
  expect(countSmsSegments(text)).toEqual({ alphabet: 'ucs2', characters: 133, parts: 2 });
  expect(countSmsSegments(`${text}’`).parts).toBe(3);
});
