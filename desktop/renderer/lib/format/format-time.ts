const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions, locale?: string): string {
  const key = JSON.stringify([locale, options]);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(locale, options)));
  return found.format(at);
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** Whole calendar days between two moments, in local time; right across clock changes. */
export const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / DAY);

const dayAndMonth = (at: number) => `${new Date(at).getDate()} ${format(at, { month: 'short' }, 'en')}`;

/** `now`, `9 min`, `3 h`, `Wed`, `14 Nov`, `14 Nov 2025`: shorter the nearer. Future moments read as now. */
export function formatAgo(at: number, now: number): string {
  const age = now - at;
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < 12 * HOUR + HOUR) return `${Math.floor(age / HOUR)} h`;
  if (daysBetween(at, now) <= 6) return format(at, { weekday: 'short' }, 'en');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear ? dayAndMonth(at) : `${dayAndMonth(at)} ${new Date(at).getFullYear()}`;
}

/** The clock per system setting: `14:05` or `2:05 PM`. */
export const formatClock = (at: number): string => format(at, { hour: 'numeric', minute: '2-digit' });

/** The whole truth, for a hover: date, time and zone. */
export const formatFull = (at: number): string => format(at, { dateStyle: 'full', timeStyle: 'long' });

/** The separator between two days of messages: `Today, Fri 20 Nov`. */
export function formatDay(at: number, now: number): string {
  const weekday = format(at, { weekday: 'short' }, 'en');
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? '' : ` ${new Date(at).getFullYear()}`;
  const day = `${weekday} ${dayAndMonth(at)}${year}`;
  const days = daysBetween(at, now);
  if (days === 0) return `Today, ${day}`;
  return days === 1 ? `Yesterday, ${day}` : day;
}

/** A moment in running text: the clock today, else the day with the clock. */
export const formatMoment = (at: number, now: number): string =>
  daysBetween(at, now) === 0 ? formatClock(at) : `${formatAgo(at, now)} ${formatClock(at)}`;

/** How long somebody has been waiting: `Waiting 9 min`, and from a day on `Waiting since Fri`. */
export function formatWait(since: number, now: number): string {
  const ago = formatAgo(since, now);
  if (ago === 'now') return 'Waiting since just now';
  return / (min|h)$/.test(ago) ? `Waiting ${ago}` : `Waiting since ${ago}`;
}

/** The moment something began, as short as it stays clear: `14:05` today, `Tue 14:05` this week, else the day. */
export function formatSince(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return formatClock(at);
  return days <= 6 ? `${format(at, { weekday: 'short' }, 'en')} ${formatClock(at)}` : formatAgo(at, now);
}

/** How long, in one unit: `20 min`, `3 h`, `4 days`, from two weeks on `3 weeks`. */
export function formatSpan(ms: number): string {
  if (ms < HOUR) return `${Math.max(1, Math.floor(ms / MINUTE))} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  const days = Math.floor(ms / DAY);
  if (days < 14) return days === 1 ? '1 day' : `${days} days`;
  return `${Math.floor(days / 7)} weeks`;
}
