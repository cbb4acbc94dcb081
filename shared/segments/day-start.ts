import type { Instant } from '../kernel/instant.ts';

export const DAY_MS = 86_400_000;
/** No zone is further from UTC, and none has been. */
const FURTHEST_MS = 16 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** The calendar date in a zone (IANA) at a moment, as `2026-01-31`. */
export function dateAt(at: Instant, zone: string): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${String(parts['year']).padStart(4, '0')}-${parts['month']}-${parts['day']}`;
}

/** The first moment of a calendar day in a zone. A day that a zone skipped begins where the next one does. */
export function dayStart(date: string, zone: string): Instant {
  const guess = Date.parse(`${date}T00:00:00Z`);
  let [before, from] = [guess - FURTHEST_MS, guess + FURTHEST_MS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dateAt(middle, zone) < date) before = middle;
    else from = middle;
  }
  return from;
}

/** The first moment after a calendar day in a zone. */
export const dayEnd = (date: string, zone: string): Instant =>
  dayStart(new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10), zone);
