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

// As lists of contacts write them in twenty countries; the numbers are the examples of libphonenumber's metadata or kept for fiction.
test.each([
  ['US', '+1 (201) 555-0123', '+12015550123'],
  ['US', '201-555-0123 x42', '+12015550123'],
  ['US', '201.555.0123 ext. 7', '+12015550123'],
  ['CA', '506 234 5678', '+15062345678'],
  ['GB', '0121 234 5678', '+441212345678'],
  ['GB', '+44 (0)20 7946 0018', '+442079460018'],
  ['DE', '030 / 12 34 56', '+4930123456'],
  ['FR', '01.23.45.67.89', '+33123456789'],
  ['ES', '810 12 34 56', '+34810123456'],
  ['IT', '02 1234 5678', '+390212345678'],
  ['NL', '010-1234567', '+31101234567'],
  ['CH', '021 234 56 78', '+41212345678'],
  ['AT', '01 234567890', '+431234567890'],
  ['SE', '08-12 34 56', '+468123456'],
  ['PL', '12 345 67 89', '+48123456789'],
  ['BR', '(11) 2345-6789', '+551123456789'],
  ['MX', '200 123 4567', '+522001234567'],
  ['AR', '011 2345-6789', '+541123456789'],
  ['IN', '081234 56789', '+918123456789'],
  ['JP', '０３-１２３４-５６７８', '+81312345678'],
  ['AU', '(02) 1234 5678', '+61212345678'],
  ['NZ', '03 234 5678', '+6432345678'],
  ['ZA', '010 123 4567', '+27101234567'],
  ['US', '0049 30 123456', null],
  ['US', '011 49 30 123456', '+4930123456'],
])('in %s, %s is %s', (country, text, value) => {
  const entry = parsePhoneEntry(text, country);
  expect(entry.ok ? entry.value : null).toBe(value);
});

test.each([
  ['US', '+1234567890'],
  ['US', '555-0123'],
  ['US', '(000) 555-0123'],
  ['GB', '0000 000 0000'],
  ['DE', 'n/a'],
  ['FR', '12'],
  ['US', '4,15E+09'],
])('in %s, %s is no number that somebody can be called at', (country, text) => {
  expect(parsePhoneEntry(text, country).ok).toBe(false);
});
