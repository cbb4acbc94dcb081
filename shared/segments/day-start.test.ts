import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, dateAt, dayEnd, dayStart } from './day-start.ts';

const iso = (at: number): string => new Date(at).toISOString();

test.each([
  ['UTC', '2026-03-08', '2026-03-08T00:00:00.000Z', '2026-03-09T00:00:00.000Z'],
  // The clock goes forward, then back: a day of 23 hours and one of 25.
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
  ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
  ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z', '2026-01-01T18:15:00.000Z'],
  ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00.000Z', '2026-01-01T10:00:00.000Z'],
  ['Pacific/Pago_Pago', '2026-01-01', '2026-01-01T11:00:00.000Z', '2026-01-02T11:00:00.000Z'],
  // Midnight did not exist: the day began at one.
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
  ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
  // The whole day did not exist.
  ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
])('in %s the day %s is from %s to %s', (zone, date, from, to) => {
  expect([iso(dayStart(date, zone)), iso(dayEnd(date, zone))]).toEqual([from, to]);
});

test('every moment is within the day it is dated by, in any zone', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const moments = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2060, 0, 1) });
  fc.assert(
    fc.property(zones, moments, (zone, at) => {
      const date = dateAt(at, zone);
      const [from, to] = [dayStart(date, zone), dayEnd(date, zone)];
      expect(at).toBeGreaterThanOrEqual(from);
      expect(at).toBeLessThan(to);
      expect(to - from).toBeLessThanOrEqual(DAY_MS + 3 * 3_600_000);
    }),
    { numRuns: 300 },
  );
});
