import { t } from '../i18n/t.ts';
import { daysBetween, formatClock, formatDueDay } from './format-time.ts';

/** When something is due, as short as it stays clear: `Today 14:05`, `Tomorrow`, `Wed 09:00`, `14 Dec`. */
export function formatDue({ at, allDay }: { at: number; allDay: boolean }, now: number): string {
  const day = dayWord(at, now);
  return allDay ? day : t('{{day}} {{clock}}', { day, clock: formatClock(at) });
}

function dayWord(at: number, now: number): string {
  const days = daysBetween(now, at);
  if (days === 0) return t('Today');
  if (days === 1) return t('Tomorrow');
  return days === -1 ? t('Yesterday') : formatDueDay(at, now);
}

/** Whether it should have been done: a task of a whole day is late when the day is over. */
export const isLate = ({ at, allDay }: { at: number; allDay: boolean }, now: number): boolean =>
  allDay ? daysBetween(at, now) > 0 : at < now;
