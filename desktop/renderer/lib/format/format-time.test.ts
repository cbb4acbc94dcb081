import { expect, test } from 'vitest';
import { formatAgo, formatClock, formatDay, formatSince, formatSpan, formatWait } from './format-time.ts';

const now = new Date(2026, 10, 20, 10, 42).getTime();
const at = (...date: [number, number, number, number?, number?]) => new Date(...date).getTime();

test('counts minutes under an hour and hours to twelve', () => {
  expect(formatAgo(now - 20_000, now)).toBe('now');
  expect(formatAgo(now - 9 * 60_000, now)).toBe('9 min');
  expect(formatAgo(now - 59 * 60_000, now)).toBe('59 min');
  expect(formatAgo(now - 3 * 3_600_000, now)).toBe('3 h');
});

test('names the weekday for six days, then the day, then the year', () => {
  expect(formatAgo(at(2026, 10, 18, 9), now)).toBe('Wed');
  expect(formatAgo(at(2026, 10, 14, 9), now)).toBe('Sat');
  expect(formatAgo(at(2026, 10, 13, 9), now)).toBe('13 Nov');
  expect(formatAgo(at(2025, 10, 14, 9), now)).toBe('14 Nov 2025');
});

test('a moment that lies ahead of this clock reads as now', () => {
  expect(formatAgo(now + 5_000, now)).toBe('now');
});

test('a day separator says today and yesterday by the calendar, not by 24 hours', () => {
  expect(formatDay(at(2026, 10, 20, 0, 5), now)).toBe('Today, Fri 20 Nov');
  expect(formatDay(at(2026, 10, 19, 23, 59), now)).toBe('Yesterday, Thu 19 Nov');
  expect(formatDay(at(2025, 10, 14), now)).toBe('Fri 14 Nov 2025');
});

test('a wait is a length while it is short and a day when it is not', () => {
  expect(formatWait(now - 9 * 60_000, now)).toBe('Waiting 9 min');
  expect(formatWait(at(2026, 10, 18, 9), now)).toBe('Waiting since Wed');
});

test('a beginning is named by its clock today, its weekday this week, else its day', () => {
  expect(formatSince(at(2026, 10, 20, 9, 5), now)).toBe(formatClock(at(2026, 10, 20, 9, 5)));
  expect(formatSince(at(2026, 10, 19, 23, 50), now)).toBe(`Thu ${formatClock(at(2026, 10, 19, 23, 50))}`);
  expect(formatSince(at(2026, 9, 31, 14, 5), now)).toBe('31 Oct');
});

test('a span is told in its largest unit, weeks from the second one on', () => {
  const HOUR = 3_600_000;
  expect([0, 20, 90, 24 * 60, 13 * 24 * 60, 21 * 24 * 60].map((minutes) => formatSpan((minutes * HOUR) / 60))).toEqual([
    '1 min',
    '20 min',
    '1 h',
    '1 day',
    '13 days',
    '3 weeks',
  ]);
});
