import { Command } from 'cmdk';
import { ArrowLeft, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { RuleLeaf } from '../../../../shared/segments/segment-leaf.ts';
import { t } from '../i18n/t.ts';
import { LeafEditor } from './leaf-editor.tsx';
import { ruleFields, type RuleField } from './rule-fields.ts';
import { useContactSetup } from './use-rule-names.ts';
import { IconButton } from '../../ui/button.tsx';
import { Keys } from '../../ui/keys.tsx';

type AddFilterProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  isFirst: boolean;
  /** Whether F adds here: of several places one alone. */
  shortcut?: boolean;
  onAdd: (leaf: RuleLeaf) => void;
  /** What is being chosen is a condition already; choosing on changes that one. */
  onReplaceLast: (leaf: RuleLeaf) => void;
  onRemoveLast: (() => void) | null;
};

/** First what contacts are told apart by, then how. The list follows each choice at once. */
export function AddFilter({
  open,
  onOpenChange,
  isFirst,
  shortcut = true,
  onAdd,
  onReplaceLast,
  onRemoveLast,
}: AddFilterProps) {
  const [field, setField] = useState<RuleField | null>(null);
  const [leaf, setLeaf] = useState<RuleLeaf | null>(null);
  const added = useRef(false);
  const begin = (next: RuleField | null) => {
    setField(next);
    setLeaf(null);
    added.current = false;
  };
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        begin(null);
        onOpenChange(next);
      }}
    >
      <Popover.Trigger
        className="chip filter-chip"
        data-add=""
        aria-keyshortcuts={shortcut ? 'f' : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'Backspace' || !onRemoveLast) return;
          event.preventDefault();
          onRemoveLast();
        }}
      >
        <Plus size={12} aria-hidden="true" />
        {isFirst ? t('Filter', { context: 'a list' }) : t('and…', { context: 'another condition' })}
        {shortcut && <Keys shortcut="f" />}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu filter-editor"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('Add a filter')}
        >
          {field ? (
            <>
              <div className="flex items-center gap-1.5 pb-1.5">
                <IconButton size="sm" icon={ArrowLeft} label={t('Another condition')} onClick={() => begin(null)} />
                <b>{field.label}</b>
              </div>
              <LeafEditor
                key={field.field}
                field={field.field}
                leaf={leaf}
                onChange={(next) => {
                  setLeaf(next);
                  if (added.current) onReplaceLast(next);
                  else onAdd(next);
                  added.current = true;
                }}
              />
            </>
          ) : (
            <FieldPicker onPick={begin} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A choice among pages is offered where there are pages; the same for groups and segments. */
function FieldPicker({ onPick }: { onPick: (field: RuleField) => void }) {
  const { pages, groups, segments } = useContactSetup();
  const [typed, setTyped] = useState('');
  const missing = new Set<string>([
    ...(pages.length ? [] : ['facebookPageId']),
    ...(groups.length ? [] : ['groups']),
    ...(segments.length ? [] : ['segment']),
  ]);
  const found = ruleFields().filter(
    ({ field, label }) => !missing.has(field) && toSearchText(label).includes(toSearchText(typed)),
  );
  return (
    <Command shouldFilter={false} label={t('What contacts are told apart by')}>
      <div className="field mb-1">
        <Command.Input autoFocus value={typed} onValueChange={setTyped} placeholder={t('Contacts whose…')} />
      </div>
      <Command.List className="pick-list" label={t('Conditions')}>
        {found.map((one) => (
          <Command.Item key={one.field} value={one.field} className="menu-item" onSelect={() => onPick(one)}>
            <one.icon size={15} aria-hidden="true" />
            {one.label}
          </Command.Item>
        ))}
        {found.length === 0 && <p className="menu-label">{t('Nothing is called that.')}</p>}
      </Command.List>
    </Command>
  );
}
