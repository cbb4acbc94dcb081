import { ListPlus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { MAX_DEPTH, type SegmentRule } from '../../../../shared/segments/segment.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useActions } from '../actions/actions.tsx';
import { t } from '../i18n/t.ts';
import { AddFilter } from './add-filter.tsx';
import { FilterChip } from './filter-chip.tsx';
import { RuleProblems } from './rule-problems.tsx';
import { groupOf, ruleOf, type Group, type Joint } from './rule-group.ts';
import { useChipFocus } from './use-chip-focus.ts';

type RuleEditorProps = {
  rule: SegmentRule;
  onChange: (rule: SegmentRule) => void;
  /** Absent for the outermost group. */
  onRemove?: () => void;
  depth?: number;
};

/** Conditions joined by all, any or none, and groups of them inside each other. */
export function RuleEditor({ rule, onChange, onRemove, depth = 1 }: RuleEditorProps) {
  const [adding, setAdding] = useState(false);
  const group = groupOf(rule);
  const frame = useRef<HTMLFieldSetElement>(null);
  const focusBeside = useChipFocus(frame);
  useActions([
    {
      id: 'rule.add',
      label: t('Add a condition'),
      icon: ListPlus,
      section: t('Segments'),
      shortcuts: depth === 1 ? ['f'] : [],
      when: () => depth === 1,
      run: () => setAdding(true),
    },
  ]);
  const tell = (change: Partial<Group>) => onChange(ruleOf({ ...group, ...change }));
  const { parts } = group;
  const replace = (at: number, part: SegmentRule) => tell({ parts: parts.map((one, i) => (i === at ? part : one)) });
  const remove = (at: number) => {
    tell({ parts: parts.filter((_, i) => i !== at) });
    focusBeside(parts.slice(0, at).filter((part) => 'field' in part).length);
  };
  return (
    <fieldset className="rule-group" ref={frame} data-chips="">
      <legend className="sr-only">{t('Conditions')}</legend>
      <div className="flex items-center gap-2">
        <Segmented<Joint>
          label={t('How they are joined')}
          value={group.joint}
          segments={[
            { value: 'all', label: t('all of these') },
            { value: 'any', label: t('any of these') },
            { value: 'none', label: t('none of these') },
          ]}
          onChoose={(joint) => tell({ joint })}
        />
        {onRemove && <IconButton size="sm" icon={X} label={t('Take the group away')} onClick={onRemove} />}
      </div>
      <ul className="grid gap-1.5">
        {parts.map((part, at) => (
          <li key={at}>
            {'field' in part ? (
              <FilterChip part={part} onChange={(leaf) => replace(at, leaf)} onRemove={() => remove(at)} />
            ) : (
              <RuleEditor
                rule={part}
                depth={depth + 1}
                onChange={(changed) => replace(at, changed)}
                onRemove={() => remove(at)}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-1.5">
        <AddFilter
          open={adding}
          onOpenChange={setAdding}
          isFirst={parts.length === 0}
          shortcut={depth === 1}
          onAdd={(leaf) => tell({ parts: [...parts, leaf] })}
          onReplaceLast={(leaf) => replace(parts.length - 1, leaf)}
          onRemoveLast={parts.length > 0 ? () => remove(parts.length - 1) : null}
        />
        {depth < MAX_DEPTH - 1 && (
          <Button look="ghost" size="sm" icon={ListPlus} onClick={() => tell({ parts: [...parts, { any: [] }] })}>
            {t('Group', { context: 'add one' })}
          </Button>
        )}
      </div>
      {depth === 1 && <RuleProblems rule={rule} />}
    </fieldset>
  );
}
