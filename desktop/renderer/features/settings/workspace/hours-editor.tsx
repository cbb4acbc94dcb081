import { Copy, Plus, X } from 'lucide-react';
import type { BusinessHours } from '../../../../../shared/workspace/locale.ts';
import { weekdays } from '../../../lib/format/weekdays.ts';
import { t } from '../../../lib/i18n/t.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TimeField } from '../../../ui/controls/time-field.tsx';

const MOST = 4;
const NINE = 9 * 60;
const FIVE = 17 * 60;
const MIDNIGHT = 24 * 60;

type HoursEditorProps = { hours: BusinessHours; disabled: boolean; onChange: (hours: BusinessHours) => void };
type Stretch = BusinessHours[number][number];

/** Up to four stretches a day; a lunch break is the gap between two. */
export function HoursEditor({ hours, disabled, onChange }: HoursEditorProps) {
  const setDay = (day: number, stretches: Stretch[]) => onChange(hours.with(day, stretches));
  const copyToWeek = (day: number) =>
    onChange(hours.map((stretches, other) => (other === 0 || other === 6 ? stretches : (hours[day] ?? []))));
  return (
    <div className="hours">
      {weekdays('long').map(({ day, word }) => {
        const stretches = hours[day] ?? [];
        const change = (place: number, values: Partial<Stretch>) =>
          setDay(
            day,
            stretches.map((one, at) => (at === place ? { ...one, ...values } : one)),
          );
        return (
          <div key={day} role="group" aria-label={word} className="hours-day">
            <span className="first-letter:uppercase">{word}</span>
            <div className="flex flex-wrap items-center gap-y-1">
              {stretches.length === 0 && (
                <span className="me-2 text-small text-ink-3">{t('Closed', { context: 'day' })}</span>
              )}
              {stretches.map(({ from, to }, place) => (
                // eslint-disable-next-line react/no-array-index-key -- a stretch is its place in the day
                <span key={place} className="hours-span">
                  <TimeField
                    bare
                    label={t('Opens')}
                    minutes={from}
                    disabled={disabled}
                    onChange={(next) => change(place, { from: next })}
                  />
                  –
                  <TimeField
                    bare
                    end
                    label={t('Closes')}
                    minutes={to}
                    disabled={disabled}
                    onChange={(next) => change(place, { to: next })}
                  />
                  <IconButton
                    size="sm"
                    icon={X}
                    label={t('Take these hours away')}
                    disabled={disabled}
                    onClick={() => setDay(day, stretches.toSpliced(place, 1))}
                  />
                </span>
              ))}
              {!disabled && stretches.length < MOST && (stretches.at(-1)?.to ?? 0) <= MIDNIGHT - 60 && (
                <Button
                  size="sm"
                  look="ghost"
                  icon={Plus}
                  onClick={() => setDay(day, [...stretches, following(stretches)])}
                >
                  {t('Hours')}
                </Button>
              )}
              {!disabled && stretches.length > 0 && day !== 0 && day !== 6 && (
                <IconButton
                  size="sm"
                  icon={Copy}
                  label={t('The same from Monday to Friday')}
                  onClick={() => copyToWeek(day)}
                />
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}

/** Nine to five, or the hours after the last ones. */
function following(stretches: readonly Stretch[]): Stretch {
  const last = stretches.at(-1);
  if (!last) return { from: NINE, to: FIVE };
  const from = Math.min(last.to + 60, MIDNIGHT - 60);
  return { from, to: Math.min(from + 180, MIDNIGHT) };
}
