import { locale } from '../i18n/i18n.ts';
import { t } from '../i18n/t.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions, inLocale = locale()): string {
  const key = JSON.stringify([inLocale, options]);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(inLocale, options)));
  return found.format(at);
}

/** English dates stand day before month everywhere, as the house writes them; other languages follow their region. */
const dayLocale = (): string => (locale().startsWith('en') ? 'en-GB' : locale());

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** Whole calendar days between two moments, in local time; right across clock changes. */
export const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / DAY);

const isSameYear = (at: number, now: number) => new Date(at).getFullYear() === new Date(now).getFullYear();

const weekdayOf = (at: number): string => format(at, { weekday: 'short' }, dayLocale());

const dayOf = (at: number, now: number): string =>
  format(
    at,
    isSameYear(at, now) ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' },
    dayLocale(),
  );

/** How long ago while that is short, else null: then a day says more. */
function formatRecent(at: number, now: number): string | null {
  const age = now - at;
  if (age < HOUR) return t('{{minutes}} min', { minutes: Math.floor(age / MINUTE) });
  return age < 13 * HOUR ? t('{{hours}} h', { hours: Math.floor(age / HOUR) }) : null;
}

const formatPast = (at: number, now: number): string => (daysBetween(at, now) <= 6 ? weekdayOf(at) : dayOf(at, now));

/** `now`, `9 min`, `3 h`, `Wed`, `14 Nov`, `14 Nov 2025`: shorter the nearer. Future moments read as now. */
export const formatAgo = (at: number, now: number): string =>
  now - at < MINUTE ? t('now') : (formatRecent(at, now) ?? formatPast(at, now));

/** The same in running text: `just now`, `9 min ago`, `Wed`, `14 Nov`. */
export function formatPassed(at: number, now: number): string {
  if (now - at < MINUTE) return t('just now');
  const recent = formatRecent(at, now);
  return recent === null ? formatPast(at, now) : t('{{when}} ago', { when: recent });
}

/** The clock per system setting: `14:05` or `2:05 PM`. */
export const formatClock = (at: number): string => format(at, { hour: 'numeric', minute: '2-digit' });

/** The whole truth, for a hover: date, time and zone. */
export const formatFull = (at: number): string => format(at, { dateStyle: 'full', timeStyle: 'long' });

/** The separator between two days of messages: `Today, Fri 20 Nov`. */
export function formatDay(at: number, now: number): string {
  const day = dateWithWeekday(at, now);
  const days = daysBetween(at, now);
  if (days === 0) return t('Today, {{day}}', { day });
  return days === 1 ? t('Yesterday, {{day}}', { day }) : day;
}

/** The house writes English without commas; elsewhere the language says how a weekday joins its date. */
function dateWithWeekday(at: number, now: number): string {
  if (locale().startsWith('en')) return `${weekdayOf(at)} ${dayOf(at, now)}`;
  const year = isSameYear(at, now) ? {} : ({ year: 'numeric' } as const);
  return format(at, { weekday: 'short', day: 'numeric', month: 'short', ...year });
}

/** A moment in running text: the clock today, else the day with the clock. */
export const formatMoment = (at: number, now: number): string =>
  daysBetween(at, now) === 0
    ? formatClock(at)
    : t('{{day}} {{clock}}', { day: formatAgo(at, now), clock: formatClock(at) });

/** How long somebody has been waiting: `Waiting 9 min`, and from a day on `Waiting since Fri`. */
export function formatWait(since: number, now: number): string {
  if (now - since < MINUTE) return t('Waiting since just now');
  const recent = formatRecent(since, now);
  if (recent !== null) return t('Waiting {{time}}', { time: recent });
  return t('Waiting since {{day}}', { day: formatPast(since, now) });
}

/** The moment something began, as short as it stays clear: `14:05` today, `Tue 14:05` this week, else the day. */
export function formatSince(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return formatClock(at);
  return days <= 6 ? t('{{day}} {{clock}}', { day: weekdayOf(at), clock: formatClock(at) }) : formatAgo(at, now);
}

/** How long, in one unit: `20 min`, `3 h`, `4 days`, from two weeks on `3 weeks`. */
export function formatSpan(ms: number): string {
  if (ms < HOUR) return t('{{minutes}} min', { minutes: Math.max(1, Math.floor(ms / MINUTE)) });
  if (ms < DAY) return t('{{hours}} h', { hours: Math.floor(ms / HOUR) });
  const days = Math.floor(ms / DAY);
  return days < 14 ? t('{{count}} days', { count: days }) : t('{{count}} weeks', { count: Math.floor(days / 7) });
}

/** A day around now, before or after it: `Wed` within six days, else the date. */
export const formatDueDay = (at: number, now: number): string =>
  Math.abs(daysBetween(now, at)) <= 6 ? weekdayOf(at) : dayOf(at, now);

/** Today as a page says it: `Sat 21 Nov`. */
export const formatWeekdayDate = (at: number): string => dateWithWeekday(at, at);

/** A calendar date, `2026-03-29`, which is in no zone: `29 Mar 2026`. */
export const formatDate = (date: string): string =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
