import { ChevronLeft, ChevronRight, History, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useActions } from '../../../../lib/actions/actions.tsx';
import { formatFull, formatMoment } from '../../../../lib/format/format-time.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';

const BARS = 60;
const STEPS = 500;

type AsOfControlProps = {
  span: { from: number; to: number };
  at: number;
  /** When something changed, newest first. */
  times: readonly number[];
  onChange: (at: number) => void;
  onLeave: () => void;
};

/** Bars show how much happened when. Drag or arrow keys choose a moment, [ and ] go from change to change, Escape leaves. */
export function AsOfControl({ span: { from, to }, at, times, onChange, onLeave }: AsOfControlProps) {
  const previous = () => onChange(times.find((time) => time < at) ?? from);
  const next = () => onChange(times.findLast((time) => time > at) ?? to);
  const section = t('Contact');
  useActions([
    { id: 'contact.asOf.leave', label: t('Back to now'), icon: X, section, shortcuts: ['escape'], run: onLeave },
    {
      id: 'contact.asOf.previous',
      label: t('Previous change'),
      icon: ChevronLeft,
      section,
      shortcuts: ['['],
      run: previous,
    },
    { id: 'contact.asOf.next', label: t('Next change'), icon: ChevronRight, section, shortcuts: [']'], run: next },
  ]);
  // A slider has its keys for itself.
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { Escape: onLeave, '[': previous, ']': next }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const step = Math.max(1, Math.floor((to - from) / STEPS));
  return (
    <div className="asof" role="group" aria-label={t('As of a date')}>
      <div className="bar">
        <History size={14} aria-hidden="true" />
        <b className="med" aria-live="polite">
          {t('As of {{when}}', { when: formatFull(at) })}
        </b>
        <span className="ms-auto flex flex-wrap items-center gap-1">
          <IconButton size="sm" icon={ChevronLeft} label={t('Previous change')} shortcut="[" onClick={previous} />
          <IconButton size="sm" icon={ChevronRight} label={t('Next change')} shortcut="]" onClick={next} />
          <label className="flex items-center gap-1 text-small">
            {t('Jump to')}
            <span className="field">
              <input
                type="datetime-local"
                value={toLocalInput(at)}
                min={toLocalInput(from)}
                max={toLocalInput(to)}
                onChange={({ target }) => {
                  const chosen = new Date(target.value).getTime();
                  if (!Number.isNaN(chosen)) onChange(chosen);
                }}
              />
            </span>
          </label>
          <Button size="sm" shortcut="escape" onClick={onLeave}>
            {t('Now')}
          </Button>
        </span>
      </div>
      <Bars from={from} to={to} at={at} times={times} />
      <input
        type="range"
        autoFocus
        min={from}
        max={to}
        step={step}
        value={at}
        aria-label={t('Moment')}
        aria-valuetext={formatFull(at)}
        onChange={({ target }) => onChange(Number(target.value))}
        onKeyDown={onKeyDown}
      />
      <div className="asof-ends" aria-hidden="true">
        <span>{formatMoment(from, to)}</span>
        <span>{t('now')}</span>
      </div>
    </div>
  );
}

function Bars({ from, to, at, times }: { from: number; to: number; at: number; times: readonly number[] }) {
  const counts = Array.from({ length: BARS }, () => 0);
  const barOf = (time: number) => Math.min(BARS - 1, Math.max(0, Math.floor(((time - from) / (to - from)) * BARS)));
  for (const time of times) counts[barOf(time)] = (counts[barOf(time)] ?? 0) + 1;
  const most = Math.max(1, ...counts);
  return (
    <div className="asof-bars" aria-hidden="true">
      {counts.map((count, bar) => (
        <i
          // A bar is its place.
          key={bar}
          data-on={(count > 0 && bar <= barOf(at)) || undefined}
          style={{ height: `${(count / most) * 100}%` }}
        />
      ))}
    </div>
  );
}

/** `2026-11-08T14:20`, in local time. */
function toLocalInput(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
