import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
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
  return (
    <Popover.Root>
      <Popover.Trigger
        className="chip filter-chip"
        onKeyDown={(event) => {
          if (event.key !== 'Backspace' && event.key !== 'Delete') return;
          event.preventDefault();
          onRemove();
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
        >
          {'field' in part ? (
            <LeafEditor field={part.field} leaf={part} onChange={onChange} />
          ) : (
            <p className="menu-label">{t('Several conditions together. They are changed as a segment.')}</p>
          )}
          <div className="menu-rule" />
          <Button look="ghost" size="sm" icon={X} onClick={onRemove}>
            {t('Take the condition away')}
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
