import { useRef } from 'react';
import { ahead } from '../../../../lib/i18n/ahead.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useContactList } from '../contact-list-state.tsx';
import type { ColumnKey } from './list-view.ts';

const LEAST_PX = 40;
const MOST_PX = 800;
const STEP_PX = 16;

/** The edge of a column: dragged, or moved by the arrow keys, it makes the column wider or narrower; a double click fits it again. */
export function ColumnEdge({ column, label }: { column: ColumnKey; label: string }) {
  const { list, change } = useContactList();
  const edge = useRef<HTMLSpanElement>(null);
  const setWidth = (px: number | null) =>
    change({
      columns: list.columns.map((one) => {
        if (one.key !== column) return one;
        if (px === null) return { key: column };
        return { key: column, px: Math.round(Math.max(LEAST_PX, Math.min(MOST_PX, px))) };
      }),
    });
  const widthNow = () => edge.current?.parentElement?.getBoundingClientRect().width ?? 0;
  return (
    <span
      ref={edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('Width of {{column}}', { column: label })}
      aria-valuenow={list.columns.find(({ key }) => key === column)?.px ?? 0}
      aria-valuemin={LEAST_PX}
      aria-valuemax={MOST_PX}
      tabIndex={0}
      className="column-edge"
      onDoubleClick={() => setWidth(null)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? STEP_PX : event.key === 'ArrowLeft' ? -STEP_PX : 0;
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        setWidth(widthNow() + step * ahead());
      }}
      onPointerDown={(event) => {
        const start = { x: event.clientX, px: widthNow() };
        const sign = ahead();
        const target = event.currentTarget;
        target.setPointerCapture(event.pointerId);
        const move = (moved: PointerEvent) => setWidth(start.px + sign * (moved.clientX - start.x));
        target.addEventListener('pointermove', move);
        // Also where the system takes the pointer away in the middle.
        target.addEventListener('lostpointercapture', () => target.removeEventListener('pointermove', move), {
          once: true,
        });
      }}
    />
  );
}
