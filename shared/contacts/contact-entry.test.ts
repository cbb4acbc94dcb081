import { expect, test } from 'vitest';
import { parseEmailEntry, parsePhoneEntry } from './contact-entry.ts';

test.each([
  ['(503) 555-0142', 'US', '+15035550142'],
  ['503.555.0142', 'US', '+15035550142'],
  ['1 503 555 0142', 'US', '+15035550142'],
  ['+44 20 7946 0018', 'US', '+442079460018'],
  ['0412 345 678', 'AU', '+61412345678'],
  ['030 901820', 'DE', '+4930901820'],
  ['  ', 'US', null],
])('%s typed in %s becomes %s', (text, country, value) => {
  expect(parsePhoneEntry(text, country)).toEqual({ ok: true, value });
});

test.each([
  ['(503) 555-01', 'US', 'Two digits short. US numbers have 10.'],
  ['503 555 01421', 'US', 'One digit too many. US numbers have 10.'],
  ['call me', 'US', 'That is not a phone number. Digits, spaces, dashes and a leading + are understood.'],
  ['+999 12345678', 'US', 'Start numbers of another country with + and a country code that exists.'],
])('%s typed in %s is refused in words', (text, country, message) => {
  expect(parsePhoneEntry(text, country)).toEqual({ ok: false, message });
});

test('email addresses are trimmed and lower case, and anything else is refused', () => {
  expect(parseEmailEntry('  Ada@Example.ORG ')).toEqual({ ok: true, value: 'ada@example.org' });
  expect(parseEmailEntry('')).toEqual({ ok: true, value: null });
  expect(parseEmailEntry('ada@')).toMatchObject({ ok: false });
});
