import { locale } from '../i18n/i18n.ts';

const SUNDAY = Date.UTC(2026, 0, 4);
const DAY_MS = 86_400_000;

/** The days of the week as the language writes them, from Monday or Sunday as its region does. 0 is Sunday. */
export function weekdays(width: 'short' | 'long'): { day: number; word: string }[] {
  const written = new Intl.DateTimeFormat(locale(), { weekday: width, timeZone: 'UTC' });
  const first = firstDay();
  return Array.from({ length: 7 }, (_, place) => {
    const day = (first + place) % 7;
    return { day, word: written.format(SUNDAY + day * DAY_MS) };
  });
}

type WeekInfo = { firstDay: number };

function firstDay(): number {
  const read = new Intl.Locale(locale()) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  return (read.getWeekInfo?.() ?? read.weekInfo ?? { firstDay: 1 }).firstDay % 7;
}
