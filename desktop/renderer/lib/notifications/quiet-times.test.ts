import { expect, test } from 'vitest';
import { notificationPreferences } from '../../../../shared/notifications/notification-preferences.ts';
import { isQuiet, mayBanner } from './quiet-times.ts';

/** In November 2026 the 20th is a Friday. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const FRIDAY = 5;

test('a night over midnight belongs to the day it begins on', () => {
  const quiet = { from: 20 * 60, to: 8 * 60, days: [FRIDAY] };
  expect(isQuiet(quiet, at(20, 19, 59))).toBe(false);
  expect(isQuiet(quiet, at(20, 20))).toBe(true);
  expect(isQuiet(quiet, at(21, 7, 59))).toBe(true);
  expect(isQuiet(quiet, at(21, 8))).toBe(false);
  expect(isQuiet(quiet, at(21, 21))).toBe(false);
  expect(isQuiet(quiet, at(20, 7))).toBe(false);
});

test('hours within one day exclude their end', () => {
  const quiet = { from: 12 * 60, to: 13 * 60, days: [FRIDAY] };
  expect([at(20, 11, 59), at(20, 12), at(20, 13), at(19, 12)].map((now) => isQuiet(quiet, now))).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

test('safety is told at night, to the muted and to whoever wants nothing else', () => {
  const preferences = notificationPreferences.parse({
    kinds: { SMS_REPLY: { inApp: true, desktop: false } },
    quiet: { from: 0, to: 0, days: [0, 1, 2, 3, 4, 5, 6] },
  });
  expect(mayBanner({ kind: 'SECURITY', muted: true }, preferences, at(20, 3))).toBe(true);
  expect(mayBanner({ kind: 'TASK_DUE', muted: false }, preferences, at(20, 3))).toBe(false);
  const awake = { ...preferences, quiet: null };
  expect(mayBanner({ kind: 'SMS_REPLY', muted: false }, awake, at(20, 3))).toBe(false);
  expect(mayBanner({ kind: 'TASK_DUE', muted: false }, awake, at(20, 3))).toBe(true);
  expect(mayBanner({ kind: 'TASK_DUE', muted: true }, awake, at(20, 3))).toBe(false);
});
