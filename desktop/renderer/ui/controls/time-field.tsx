import { useId } from 'react';

const pad = (value: number) => String(value).padStart(2, '0');
const toText = (minutes: number) => `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;

type TimeFieldProps = {
  label: string;
  /** Since midnight. */
  minutes: number;
  onChange: (minutes: number) => void;
  disabled?: boolean;
  /** The label is for screen readers alone. */
  bare?: boolean;
  /** Midnight at the end of a day is 24 hours, not none. */
  end?: boolean;
};

/** A time of the day. */
export function TimeField({ label, minutes, onChange, disabled, bare = false, end = false }: TimeFieldProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-1.5">
      <label htmlFor={id} className={bare ? 'sr-only' : 'text-small text-ink-2'}>
        {label}
      </label>
      <span className="field !inline-flex">
        <input
          id={id}
          type="time"
          value={toText(minutes)}
          disabled={disabled}
          onChange={(event) => {
            const [hours, rest] = event.target.value.split(':').map(Number);
            if (hours === undefined || rest === undefined || Number.isNaN(hours + rest)) return;
            const next = hours * 60 + rest;
            onChange(end && next === 0 ? 24 * 60 : next);
          }}
        />
      </span>
    </span>
  );
}
