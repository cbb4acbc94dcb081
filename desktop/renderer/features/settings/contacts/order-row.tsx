import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../../lib/i18n/t.ts';
import { IconButton } from '../../../ui/button.tsx';

type OrderRowProps = {
  name: string;
  /** Why it cannot be changed; null where it can. */
  denied: string | null;
  place: number;
  count: number;
  onRename: (name: string) => void;
  onMove: (by: -1 | 1) => void;
  /** Absent for what cannot be deleted. */
  onDelete?: () => void;
  before?: ReactNode;
  after?: ReactNode;
};

/** Something of the workspace's own that has a name and a place: renamed where it stands, moved by buttons or ⌥↑ and ⌥↓. */
export function OrderRow({ name, denied, place, count, onRename, onMove, onDelete, before, after }: OrderRowProps) {
  const [text, setText] = useState(name);
  const [known, setKnown] = useState(name);
  if (known !== name) {
    setKnown(name);
    setText(name);
  }
  const save = () => {
    const typed = text.trim();
    if (!typed) setText(name);
    else if (typed !== name) onRename(typed);
  };
  return (
    <li
      className="set-row"
      onKeyDown={(event) => {
        if (!event.altKey || denied !== null) return;
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (!by || place + by < 0 || place + by >= count) return;
        event.preventDefault();
        onMove(by);
      }}
    >
      {before}
      <span className="field what">
        <input
          aria-label={t('Name of {{name}}', { name })}
          value={text}
          maxLength={100}
          disabled={denied !== null}
          title={denied ?? undefined}
          onChange={(event) => setText(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setText(name);
          }}
        />
      </span>
      {after}
      <IconButton
        size="sm"
        icon={ArrowUp}
        label={t('{{name}} further up', { name })}
        disabled={denied !== null || place === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        size="sm"
        icon={ArrowDown}
        label={t('{{name}} further down', { name })}
        disabled={denied !== null || place === count - 1}
        onClick={() => onMove(1)}
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
    </li>
  );
}
