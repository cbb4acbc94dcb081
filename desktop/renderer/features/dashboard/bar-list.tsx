import type { ReactNode } from 'react';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { ListLink, type OnList } from './list-link.tsx';

export type Bar = {
  key: string;
  label: string;
  /** Beside the label: a dot, a glyph. */
  mark?: ReactNode;
  rule: SegmentRule;
  contacts: number;
  /** What the bar measures, where that is not the contacts. */
  size?: number;
  /** In words, beside the count. */
  value?: string;
};

type BarListProps = {
  label: string;
  bars: readonly Bar[];
  /** What a full bar stands for; without it the longest is full. */
  most?: number;
  onList: OnList;
};

const sizeOf = ({ size, contacts }: Bar): number => size ?? contacts;

/** Bars from zero on one scale, each a link to its contacts. The numbers stand beside them, so the list reads without seeing a bar. */
export function BarList({ label, bars, most, onList }: BarListProps) {
  const full = most ?? bars.reduce((longest, bar) => Math.max(longest, sizeOf(bar)), 0);
  return (
    <ul
      className="bar-list"
      aria-label={label}
      data-values={bars.some(({ value }) => value !== undefined) || undefined}
    >
      {bars.map((bar) => (
        <li key={bar.key}>
          <ListLink className="bar-row" rule={bar.rule} onList={onList}>
            <span className="bar-label">
              {bar.mark}
              <span className="trunc">{bar.label}</span>
            </span>
            <span className="bar-track" aria-hidden="true">
              <i style={{ width: `${full > 0 ? (sizeOf(bar) / full) * 100 : 0}%` }} />
            </span>
            <span className="num">{formatCount(bar.contacts)}</span>
            {bar.value !== undefined && <span className="num text-ink-2">{bar.value}</span>}
          </ListLink>
        </li>
      ))}
    </ul>
  );
}
