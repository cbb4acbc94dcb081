import { expect, test } from 'vitest';
import { formatCount } from './format-count.ts';
import { t } from '../i18n/t.ts';
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
  expect(t('{{count}} changes', { count: 1 })).toBe('1 change');
  expect(t('{{count}} changes', { count: 4 })).toBe('4 changes');
  expect(t('{{count}} people waiting', { count: 0 })).toBe('0 people waiting');
});
