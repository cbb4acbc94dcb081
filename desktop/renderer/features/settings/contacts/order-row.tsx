import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../lib/i18n/t.ts';
import { IconButton } from '../../../ui/button.tsx';
import type { DragPlace } from '../../../ui/controls/use-drag-order.ts';
import { NameField } from './name-field.tsx';

type OrderRowProps = {
  name: string;
  /** Why it cannot be changed; null where it can. */
  denied: string | null;
  place: number;
  count: number;
  /** As many characters as the name may have. */
  maxLength?: number;
  drag: DragPlace;
  onRename: (name: string) => void;
  /** To this place of the list. */
  onMove: (to: number) => void;
  /** Absent for what cannot be deleted. */
  onDelete?: () => void;
  before?: ReactNode;
  after?: ReactNode;
};

/** Something of the workspace's own that has a name and a place: renamed where it stands, moved by drag, by buttons or by ⌥↑ and ⌥↓. */
export function OrderRow({
  name,
  denied,
  place,
  count,
  maxLength,
  drag,
  onRename,
  onMove,
  onDelete,
  before,
  after,
}: OrderRowProps) {
  const mayMove = denied === null && count > 1;
  return (
    <li
      className="set-row"
      {...(mayMove && drag.row)}
      onKeyDown={(event) => {
        if (!event.altKey || !mayMove) return;
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (!by || place + by < 0 || place + by >= count) return;
        event.preventDefault();
        onMove(place + by);
      }}
    >
      {mayMove && (
        <span {...drag.handle} className="drag-handle" aria-hidden="true">
          <GripVertical size={14} />
        </span>
      )}
      {before}
      <NameField name={name} denied={denied} onRename={onRename} {...(maxLength && { maxLength })} />
      {after}
      <span className="ms-auto flex">
        <IconButton
          size="sm"
          icon={ArrowUp}
          label={t('{{name}} further up', { name })}
          disabled={denied !== null || place === 0}
          onClick={() => onMove(place - 1)}
        />
        <IconButton
          size="sm"
          icon={ArrowDown}
          label={t('{{name}} further down', { name })}
          disabled={denied !== null || place === count - 1}
          onClick={() => onMove(place + 1)}
        />
        {onDelete ? (
          <IconButton
            size="sm"
            icon={Trash2}
            label={denied ?? t('Delete {{name}}', { name })}
            disabled={denied !== null}
            onClick={onDelete}
          />
        ) : (
          <span className="w-6" aria-hidden="true" />
        )}
      </span>
    </li>
  );
}
