import { FilterX, ListFilter } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RuleLeaf } from '../../../../shared/segments/segment-leaf.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { useActions } from '../actions/actions.tsx';
import { t } from '../i18n/t.ts';
import { IconButton } from '../../ui/button.tsx';
import { AddFilter } from './add-filter.tsx';
import { FilterChip } from './filter-chip.tsx';
import { useChipFocus } from './use-chip-focus.ts';

type FilterBarProps = {
  /** All of these hold. */
  parts: readonly SegmentRule[];
  onChange: (parts: SegmentRule[]) => void;
};

/** Reads aloud: contacts whose stage is Quote sent and score is at least Hot. F adds a condition, ⌫ takes the last one away. */
export function FilterBar({ parts, onChange }: FilterBarProps) {
  const [adding, setAdding] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const focusBeside = useChipFocus(bar);
  const clear = () => onChange([]);
  useActions([
    {
      id: 'contacts.filter',
      label: t('Add a filter'),
      icon: ListFilter,
      section: t('Contacts'),
      shortcuts: ['f'],
      run: () => setAdding(true),
    },
    {
      id: 'contacts.clearFilters',
      label: t('Clear the filters'),
      icon: FilterX,
      section: t('Contacts'),
      shortcuts: ['shift+f'],
      when: () => parts.length > 0,
      run: clear,
    },
  ]);
  const replace = (index: number, part: SegmentRule) => onChange(parts.map((one, at) => (at === index ? part : one)));
  const remove = (index: number) => {
    onChange(parts.filter((_, at) => at !== index));
    focusBeside(index);
  };
  return (
    <div className="filter-bar" role="group" aria-label={t('Filter')} ref={bar} data-chips="">
      {parts.length > 0 && <span className="wide">{t('whose', { context: 'contacts whose stage is' })}</span>}
      {parts.map((part, index) => (
        <span key={index} className="contents">
          {index > 0 && <span className="wide">{t('and', { context: 'two conditions' })}</span>}
          <FilterChip part={part} onChange={(leaf) => replace(index, leaf)} onRemove={() => remove(index)} />
        </span>
      ))}
      <AddFilter
        open={adding}
        onOpenChange={setAdding}
        isFirst={parts.length === 0}
        onAdd={(leaf: RuleLeaf) => onChange([...parts, leaf])}
        onReplaceLast={(leaf: RuleLeaf) => onChange([...parts.slice(0, -1), leaf])}
        onRemoveLast={parts.length > 0 ? () => remove(parts.length - 1) : null}
      />
      {parts.length > 1 && (
        <IconButton size="sm" icon={FilterX} label={t('Clear the filters')} shortcut="shift+f" onClick={clear} />
      )}
    </div>
  );
}
