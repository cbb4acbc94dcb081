import type { NotificationKind } from '../../../../shared/notifications/notification.ts';
import type { NotificationPreferences } from '../../../../shared/notifications/notification-preferences.ts';

/** Whether this moment, in local time, lies in the quiet times. A night belongs to the day it begins on. */
export function isQuiet(quiet: NotificationPreferences['quiet'], now: number): boolean {
  if (!quiet) return false;
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  const today = quiet.days.includes(date.getDay());
  const yesterday = quiet.days.includes((date.getDay() + 6) % 7);
  if (quiet.from === quiet.to) return today;
  if (quiet.from < quiet.to) return today && minute >= quiet.from && minute < quiet.to;
  return (today && minute >= quiet.from) || (yesterday && minute < quiet.to);
}

/** Whether a notification of this kind may have a banner now. What touches the account's safety always may. */
export function mayBanner(
  { kind, muted }: { kind: NotificationKind; muted: boolean },
  preferences: NotificationPreferences,
  now: number,
): boolean {
  if (kind === 'SECURITY') return true;
  const { inApp, desktop } = preferences.kinds[kind] ?? { inApp: true, desktop: true };
  return !muted && inApp && desktop && !isQuiet(preferences.quiet, now);
}
