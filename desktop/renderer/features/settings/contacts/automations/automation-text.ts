import type { StatusAutomation } from '../../../../../../shared/statuses/status-automation.ts';
import { t } from '../../../../lib/i18n/t.ts';

type Unit = NonNullable<StatusAutomation['timeUnit']>;

/** What is said of an automation: its parts in words. */
type Parts = Pick<StatusAutomation, 'triggerType' | 'fromStatus' | 'timeValue' | 'timeUnit' | 'triggerStatus'> & {
  targetStatus: string | null;
  /** In words; null for no condition. */
  conditions: string | null;
};

/** Reads aloud what an automation does. What is not chosen yet is a gap. */
export function automationText(parts: Parts, nameOf: (status: string) => string): string {
  const named = (status: string | null) => (status ? nameOf(status) : '…');
  const target = named(parts.targetStatus);
  const conditions = parts.conditions ?? '';
  if (parts.triggerType === 'STATUS_CHANGE') {
    const status = named(parts.triggerStatus);
    return conditions
      ? t('When somebody becomes {{status}}, give them {{target}}, if {{conditions}}.', { status, target, conditions })
      : t('When somebody becomes {{status}}, give them {{target}}.', { status, target });
  }
  const time = parts.timeValue && parts.timeUnit ? spanText(parts.timeValue, parts.timeUnit) : '…';
  if (!parts.fromStatus)
    return conditions
      ? t('When somebody has had any one status for {{time}}, give them {{target}}, if {{conditions}}.', {
          time,
          target,
          conditions,
        })
      : t('When somebody has had any one status for {{time}}, give them {{target}}.', { time, target });
  const status = named(parts.fromStatus);
  return conditions
    ? t('When somebody has been {{status}} for {{time}}, give them {{target}}, if {{conditions}}.', {
        status,
        time,
        target,
        conditions,
      })
    : t('When somebody has been {{status}} for {{time}}, give them {{target}}.', { status, time, target });
}

function spanText(count: number, unit: Unit): string {
  if (unit === 'MINUTES') return t('{{count}} minutes', { count });
  return unit === 'HOURS' ? t('{{count}} hours', { count }) : t('{{count}} days', { count });
}

export const unitWords = (): Record<Unit, string> => ({
  MINUTES: t('minutes'),
  HOURS: t('hours'),
  DAYS: t('days'),
});
