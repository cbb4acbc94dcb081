import { expect, test } from 'vitest';
import { formatCount, plural } from './format-count.ts';
import { formatPhone } from './format-phone.ts';

test('a number of the own country reads nationally, another one internationally', () => {
  expect(formatPhone('+15035550142', 'US')).toBe('(503) 555-0142');
  expect(formatPhone('+442079460018', 'US')).toBe('+44 20 7946 0018');
  expect(formatPhone('+442079460018', 'GB')).toBe('020 7946 0018');
});

test('what is not a number is shown as it is stored', () => {
  expect(formatPhone('ext 12', 'US')).toBe('ext 12');
});

test('counts are exact and agree with their noun', () => {
  expect(formatCount(248312)).toBe('248,312');
  expect(plural(1, 'change')).toBe('1 change');
  expect(plural(4, 'change')).toBe('4 changes');
  expect(plural(0, 'person', 'people')).toBe('0 people');
});
