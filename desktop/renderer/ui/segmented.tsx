import type { ReactNode } from 'react';

type SegmentedProps<Value extends string> = {
  label: string;
  value: Value;
  segments: readonly { value: Value; label: string; count?: ReactNode }[];
  onChoose: (value: Value) => void;
};

/** A few views of one thing, one of them pressed. */
export function Segmented<Value extends string>({ label, value, segments, onChoose }: SegmentedProps<Value>) {
  return (
    <div className="seg" role="group" aria-label={label}>
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === value}
          onClick={() => onChoose(segment.value)}
        >
          {segment.label}
          {segment.count}
        </button>
      ))}
    </div>
  );
}
