import { useState } from 'react';
import { SCORE_BANDS } from '../../../../shared/segments/score-band.ts';
import type { InstantField, RuleLeaf, TextField } from '../../../../shared/segments/segment-leaf.ts';
import { Button } from '../../ui/button.tsx';
import { decimalsOf } from '../format/format-money.ts';
import { t } from '../i18n/t.ts';
import { ChoiceCount, useChoiceCounts } from './choice-counts.tsx';
import type { EditorProps } from './leaf-editor.tsx';
import { fieldLabel } from './rule-fields.ts';
import { bandWords, useCurrency } from './use-rule-names.ts';

type TextOp = 'is' | 'isNot' | 'contains' | 'startsWith' | 'missing' | 'exists';

const textOps = (): { value: TextOp; label: string }[] => [
  { value: 'contains', label: t('contains') },
  { value: 'is', label: t('is') },
  { value: 'isNot', label: t('is not') },
  { value: 'startsWith', label: t('begins with') },
  { value: 'exists', label: t('is known') },
  { value: 'missing', label: t('is missing') },
];

/** What is typed counts once it is confirmed, so that the list does not follow every letter. */
export function TextEditor({ field, leaf, onChange }: EditorProps) {
  const textField = field as TextField;
  const [op, setOp] = useState<TextOp>(leaf && leaf.op !== 'among' ? (leaf.op as TextOp) : 'contains');
  const [text, setText] = useState(leaf && 'value' in leaf ? String(leaf.value) : '');
  const needsText = op !== 'exists' && op !== 'missing';
  const tell = (nextOp: TextOp) => {
    if (nextOp === 'exists' || nextOp === 'missing') onChange({ field: textField, op: nextOp });
    else if (text.trim()) onChange({ field: textField, op: nextOp, value: text.trim() });
  };
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        tell(op);
      }}
    >
      <OpSelect
        label={fieldLabel(field)}
        value={op}
        ops={textOps()}
        onChoose={(next) => {
          setOp(next);
          tell(next);
        }}
      />
      {needsText && (
        <div className="flex gap-1.5">
          <span className="field flex-1">
            <input
              autoFocus
              aria-label={t('Text', { context: 'noun' })}
              value={text}
              maxLength={200}
              onChange={(event) => setText(event.target.value)}
            />
          </span>
          <Button type="submit" size="sm" disabled={!text.trim()}>
            {t('Apply')}
          </Button>
        </div>
      )}
    </form>
  );
}

type OpSelectProps<Op extends string> = {
  label: string;
  value: Op;
  ops: readonly { value: Op; label: string }[];
  onChoose: (op: Op) => void;
};

function OpSelect<Op extends string>({ label, value, ops, onChoose }: OpSelectProps<Op>) {
  return (
    <span className="field">
      <select aria-label={label} value={value} onChange={(event) => onChoose(event.target.value as Op)}>
        {ops.map((op) => (
          <option key={op.value} value={op.value}>
            {op.label}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The four ranges by one click, any others by their ends. */
export function ScoreEditor({ leaf, onChange }: EditorProps) {
  const [from, to] = endsOf(leaf);
  const words = bandWords();
  const countOf = useChoiceCounts('leadScore');
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-1" role="group" aria-label={t('Ranges')}>
        {SCORE_BANDS.map((band) => (
          <button
            key={band.band}
            type="button"
            className="chip"
            aria-pressed={from === band.from && to === band.to}
            onClick={() => onChange({ field: 'leadScore', op: 'between', from: band.from, to: band.to })}
          >
            {words[band.band]}{' '}
            <span className="text-ink-3">
              {band.from}–{band.to}
            </span>
            <ChoiceCount count={countOf?.(band.band)} />
          </button>
        ))}
        <button
          type="button"
          className="chip"
          aria-pressed={leaf?.op === 'missing'}
          onClick={() => onChange({ field: 'leadScore', op: 'missing' })}
        >
          {t('None')}
        </button>
      </div>
      <Ends
        from={from}
        to={to}
        most={100}
        onApply={(low, high) => onChange({ field: 'leadScore', op: 'between', ...ends(low, high) })}
      />
    </div>
  );
}

export function MoneyEditor({ field, leaf, onChange }: EditorProps) {
  const currency = useCurrency();
  const [from, to] = endsOf(leaf);
  const money = field as 'estimatedRevenueCents' | 'actualRevenueCents';
  const unit = 10 ** decimalsOf(currency);
  const whole = (cents: number | null) => (cents === null ? null : cents / unit);
  return (
    <div className="grid gap-2">
      <p className="menu-label">{t('In {{currency}}', { currency })}</p>
      <Ends
        from={whole(from)}
        to={whole(to)}
        most={1e12}
        onApply={(low, high) =>
          onChange({
            field: money,
            op: 'between',
            ...ends(low === null ? null : Math.round(low * unit), high === null ? null : Math.round(high * unit)),
          })
        }
      />
    </div>
  );
}

const ends = (from: number | null, to: number | null) => ({
  ...(from !== null && { from }),
  ...(to !== null && { to }),
});

function endsOf(leaf: RuleLeaf | null): [number | null, number | null] {
  if (!leaf || !('op' in leaf)) return [null, null];
  if (leaf.op === 'between' && !('from' in leaf && typeof leaf.from === 'string'))
    return [(leaf.from as number | undefined) ?? null, (leaf.to as number | undefined) ?? null];
  const value = 'value' in leaf && typeof leaf.value === 'number' ? leaf.value : null;
  if (leaf.op === 'atLeast' || leaf.op === 'above') return [value, null];
  return leaf.op === 'atMost' || leaf.op === 'below' ? [null, value] : [value, value];
}

type EndsProps = {
  from: number | null;
  to: number | null;
  most: number;
  onApply: (from: number | null, to: number | null) => void;
};

function Ends({ from, to, most, onApply }: EndsProps) {
  const [low, setLow] = useState(from === null ? '' : String(from));
  const [high, setHigh] = useState(to === null ? '' : String(to));
  const read = (text: string) => (text.trim() === '' ? null : Number(text));
  const [a, b] = [read(low), read(high)];
  const isWrong = [a, b].some((end) => end !== null && (Number.isNaN(end) || end < 0 || end > most));
  const isTurned = a !== null && b !== null && a > b;
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong && !isTurned && (a !== null || b !== null)) onApply(a, b);
      }}
    >
      <span className="field w-20">
        <input inputMode="decimal" aria-label={t('At least')} value={low} onChange={(e) => setLow(e.target.value)} />
      </span>
      <span className="text-ink-3">{t('to', { context: 'a range' })}</span>
      <span className="field w-20">
        <input inputMode="decimal" aria-label={t('At most')} value={high} onChange={(e) => setHigh(e.target.value)} />
      </span>
      <Button type="submit" size="sm" disabled={isWrong || isTurned || (a === null && b === null)}>
        {t('Apply')}
      </Button>
    </form>
  );
}

type MomentOp = 'withinDays' | 'notWithinDays' | 'between' | 'missing';

/** The last so many days, not in them, or between two dates of which one may be left open. */
export function MomentEditor({ field, leaf, onChange }: EditorProps) {
  const moment = field as InstantField;
  const start: MomentOp =
    leaf?.op === 'notWithinDays' || leaf?.op === 'olderThanDays'
      ? 'notWithinDays'
      : leaf && ['between', 'before', 'after'].includes(leaf.op)
        ? 'between'
        : leaf?.op === 'missing'
          ? 'missing'
          : 'withinDays';
  const [op, setOp] = useState<MomentOp>(start);
  const days = leaf && 'days' in leaf ? leaf.days : null;
  const between = leaf?.op === 'between' ? (leaf as { from?: string; to?: string }) : {};
  return (
    <div className="grid gap-2">
      <OpSelect
        label={fieldLabel(field)}
        value={op}
        ops={[
          { value: 'withinDays', label: t('within the last') },
          { value: 'notWithinDays', label: t('not within the last') },
          { value: 'between', label: t('between two dates') },
          { value: 'missing', label: t('never') },
        ]}
        onChoose={(next) => {
          setOp(next);
          if (next === 'missing') onChange({ field: moment, op: 'missing' });
        }}
      />
      {(op === 'withinDays' || op === 'notWithinDays') && (
        <div className="flex flex-wrap gap-1" role="group" aria-label={t('How many days')}>
          {[1, 7, 14, 30, 90, 365].map((count) => (
            <button
              key={count}
              type="button"
              className="chip"
              aria-pressed={days === count && leaf?.op === op}
              onClick={() => onChange({ field: moment, op, days: count })}
            >
              {t('{{count}} days', { count })}
            </button>
          ))}
        </div>
      )}
      {op === 'between' && (
        <div className="flex items-center gap-1.5">
          <DateField
            label={t('From')}
            value={between.from ?? ''}
            onChange={(from) =>
              (from || between.to) &&
              onChange({ field: moment, op: 'between', ...(from && { from }), ...(between.to && { to: between.to }) })
            }
          />
          <span className="text-ink-3">{t('to', { context: 'a range' })}</span>
          <DateField
            label={t('Up to and with')}
            value={between.to ?? ''}
            onChange={(to) =>
              (to || between.from) &&
              onChange({ field: moment, op: 'between', ...(between.from && { from: between.from }), ...(to && { to }) })
            }
          />
        </div>
      )}
    </div>
  );
}

const DateField = ({ label, value, onChange }: { label: string; value: string; onChange: (date: string) => void }) => (
  <span className="field">
    <input
      type="date"
      aria-label={label}
      min="1900-01-01"
      max="9999-12-31"
      defaultValue={value}
      onChange={(event) => event.target.validity.valid && onChange(event.target.value)}
    />
  </span>
);
