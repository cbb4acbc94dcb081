import { afterEach, expect, test } from 'vitest';
import { speak, writeIn } from '../i18n/i18n.ts';
import { formatBytes } from './format-bytes.ts';
import { formatCount, formatPercent } from './format-count.ts';
import { formatList } from './format-list.ts';
import { formatMoney } from './format-money.ts';
import { formatPhone } from './format-phone.ts';
import { formatAgo, formatClock, formatDay, formatSpan } from './format-time.ts';

afterEach(() => {
  speak('en');
  writeIn('en-US');
});

const now = new Date(2026, 10, 20, 10, 42).getTime();
const afternoon = new Date(2026, 10, 20, 14, 5).getTime();
const lastYear = new Date(2025, 10, 14, 9).getTime();
/** Spaces that do not break look like spaces; which one a locale takes changes with the data of the browser. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ').replaceAll(/[\u200e\u200f\u061c]/gu, '');

test.each([
  ['en-US', '248,312', '12%', '1.2 GB', '2:05 PM', '14 Nov 2025', 'a, b, and c'],
  ['es-MX', '248,312', '12%', '1.2 GB', '2:05 p.m.', '14 nov 2025', 'a, b y c'],
  ['de-DE', '248.312', '12 %', '1,2 GB', '14:05', '14. Nov. 2025', 'a, b und c'],
  ['ar-EG', '٢٤٨٬٣١٢', '١٢٪', '١٫٢ غ.ب', '٢:٠٥ م', '١٤ نوفمبر ٢٠٢٥', 'a وb وc'],
])(
  '%s writes numbers, sizes, clocks, days and lists its own way',
  (locale, count, percent, bytes, clock, day, list) => {
    writeIn(locale);
    const written = [
      formatCount(248_312),
      formatPercent(0.12),
      formatBytes(1_230_000_000),
      formatClock(afternoon),
      formatAgo(lastYear, now),
      formatList(['a', 'b', 'c']),
    ];
    expect(written.map(plain)).toEqual([count, percent, bytes, clock, day, list]);
  },
);

test.each([
  ['en-US', '$14,200', '$19.99', '−$2,000', 'EUR 50'],
  ['es-MX', '$14,200', '$19.99', '−$2,000', 'EUR 50'],
  ['de-DE', '14.200 $', '19,99 $', '−2.000 $', '50 EUR'],
  ['ar-EG', '١٤٬٢٠٠ US$', '١٩٫٩٩ US$', '−٢٬٠٠٠ US$', '٥٠ EUR'],
])('%s writes money from its smallest unit', (locale, whole, cents, debt, foreign) => {
  writeIn(locale);
  const written = [
    formatMoney(1_420_000, 'USD'),
    formatMoney(1_999, 'USD'),
    formatMoney(-200_000, 'USD'),
    formatMoney(5_000, 'EUR', 'USD'),
  ];
  expect(written.map(plain)).toEqual([whole, cents, debt, foreign]);
});

test('a currency without cents is counted in whole units', () => {
  expect(formatMoney(1_500, 'JPY')).toBe('¥1,500');
});

test('a day of messages and a length of time follow the language', () => {
  speak('es');
  writeIn('es-MX');
  expect(plain(formatDay(now, now))).toBe('Hoy, vie 20 de nov');
  expect([formatSpan(86_400_000), formatSpan(3 * 86_400_000)]).toEqual(['1 día', '3 días']);
  expect(formatAgo(now - 9 * 60_000, now)).toBe('9 min');
});

test('a number keeps its direction among letters from right to left', () => {
  speak('ar-XB');
  expect(formatPhone('+15035550142', 'US')).toBe('\u2066(503) 555-0142\u2069');
});
