import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import type { RuleLeaf } from '../../../../shared/segments/segment-leaf.ts';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { t } from '../i18n/t.ts';
import { LeafEditor } from './leaf-editor.tsx';
import { RuleSentence } from './rule-sentence.tsx';
import { Button } from '../../ui/button.tsx';

type FilterChipProps = {
  part: SegmentRule;
  onChange: (leaf: RuleLeaf) => void;
  onRemove: () => void;
};

/** One condition. A click or Enter changes it, ⌫ takes it away. */
export function FilterChip({ part, onChange, onRemove }: FilterChipProps) {
  const [open, setOpen] = useState(false);
  const isGoing = useRef(false);
  // First it closes: the next condition takes its place, and must not stand open with what was typed for this one in it.
  const remove = () => {
    if (!open) return onRemove();
    isGoing.current = true;
    return setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className="chip filter-chip"
        onKeyDown={(event) => {
          if (event.key !== 'Backspace' && event.key !== 'Delete') return;
          event.preventDefault();
          remove();
        }}
      >
        <RuleSentence rule={part} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu filter-editor"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('Change the condition')}
          onCloseAutoFocus={(event) => {
            if (!isGoing.current) return;
            isGoing.current = false;
            event.preventDefault();
            onRemove();
          }}
        >
          {'field' in part ? (
            <LeafEditor field={part.field} leaf={part} onChange={onChange} />
          ) : (
            <p className="menu-label">{t('Several conditions together. They are changed as a segment.')}</p>
          )}
          <div className="menu-rule" />
          <Button look="ghost" size="sm" icon={X} onClick={remove}>
            {t('Take the condition away')}
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
