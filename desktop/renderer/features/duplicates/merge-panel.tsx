import { ArrowLeftRight, GitMerge, UserX } from 'lucide-react';
import { useId, useState } from 'react';
import type { DuplicatePair } from '../../../../shared/bridge/duplicates-contract.ts';
import { ahead } from '../../lib/i18n/ahead.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { ContactValue } from '../../lib/contacts/contact-value.tsx';
import { fieldWord } from '../../lib/format/format-field.ts';
import { formatList } from '../../lib/format/format-list.ts';
import type { Command } from '../../../../shared/bridge/bridge-contract.ts';
import { useUndoable } from '../../lib/actions/use-undoable.ts';
import { t } from '../../lib/i18n/t.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { useMay } from '../../lib/use-identity.ts';
import { Button } from '../../ui/button.tsx';
import {
  comparedFields,
  mergeCommand,
  sideOf,
  stageCommand,
  type ChosenField,
  type Choices,
  type Side,
} from './merge-choices.ts';

type MergePanelProps = {
  pair: DuplicatePair;
  choices: Choices;
  onChoose: (choices: Choices) => void;
  /** Keeps the other one instead. */
  onSwap: () => void;
  /** Merged, or said to be two people. */
  onDone: (kept: string | null) => void;
};

/** Two contacts side by side, field by field. What was chosen stays, the other goes; tags, groups, notes and messages of both stay. */
export function MergePanel({ pair, choices, onChoose, onSwap, onDone }: MergePanelProps) {
  const { keep, merge } = pair;
  const undoable = useUndoable();
  const mayEdit = useMay('AGENT');
  const { busy, once } = useOnce();
  const [at, setAt] = useState(0);
  const fields = comparedFields(pair);
  const open = fields.filter(({ differs }) => differs).map(({ field }) => field);
  const current = open[Math.min(at, open.length - 1)];
  const names = [contactName(keep), contactName(merge)] as const;

  const act = (label: string, commands: readonly Command[], kept: string | null) => async () => {
    if (!(await undoable(commands, label))) return;
    onDone(kept);
  };
  const join = () => {
    const staged = stageCommand(pair, choices);
    const commands = [mergeCommand(pair, choices), ...(staged ? [staged] : [])];
    void once(act(t('Merged {{name}}', { name: names[1] }), commands, keep.id));
  };
  const part = () =>
    void once(
      act(
        t('Not the same person: {{a}} and {{b}}', { a: names[0], b: names[1] }),
        [{ name: 'contacts.notDuplicates', input: { a: keep.id, b: merge.id } }],
        null,
      ),
    );
  const choose = (field: ChosenField, side: Side) =>
    onChoose({ ...choices, [field]: (side === 'keep' ? keep : merge).id });
  const move = (by: number) => setAt(Math.max(0, Math.min(open.length - 1, at + by)));
  const pick = (side: Side) => () =>
    current && choose(current, ahead() === 1 ? side : side === 'keep' ? 'merge' : 'keep');
  const key = { section: t('Duplicates'), keyOnly: true, icon: GitMerge, when: () => mayEdit };
  useActions([
    { ...key, id: 'duplicates.merge', label: t('Merge'), shortcuts: ['enter'], run: join },
    { ...key, id: 'duplicates.part', label: t('Not the same person'), shortcuts: ['x'], run: part },
    { ...key, id: 'duplicates.swap', label: t('Keep the other one'), shortcuts: ['s'], run: onSwap },
    { ...key, id: 'duplicates.up', label: t('Previous field'), shortcuts: ['arrowup'], run: () => move(-1) },
    { ...key, id: 'duplicates.down', label: t('Next field'), shortcuts: ['arrowdown'], run: () => move(1) },
    { ...key, id: 'duplicates.left', label: t('Take the left value'), shortcuts: ['arrowleft'], run: pick('keep') },
    { ...key, id: 'duplicates.right', label: t('Take the right value'), shortcuts: ['arrowright'], run: pick('merge') },
  ]);
  return (
    <section className="pane flex-1" aria-label={t('Side by side')}>
      <div className="page-column grid gap-3">
        <div className="merge-grid" data-head="">
          <span />
          <h2 className="flex min-w-0 items-center gap-1.5 font-[620]">
            <span className="trunc">{names[0]}</span> <span className="badge flex-none">{t('stays')}</span>
          </h2>
          <h2 className="trunc font-[620]">{names[1]}</h2>
        </div>
        {fields.map(({ field, differs }) => (
          <FieldRow
            key={field}
            field={field}
            differs={differs}
            isCurrent={field === current}
            pair={pair}
            side={sideOf(pair, choices, field)}
            disabled={!mayEdit}
            onPoint={() => setAt(open.indexOf(field))}
            onChoose={(side) => {
              choose(field, side);
            }}
          />
        ))}
        <United pair={pair} />
        {mayEdit && (
          <div className="flex flex-wrap gap-2">
            <Button look="primary" icon={GitMerge} shortcut="enter" disabled={busy} onClick={join}>
              {t('Merge')}
            </Button>
            <Button icon={ArrowLeftRight} shortcut="s" disabled={busy} onClick={onSwap}>
              {t('Keep the other one')}
            </Button>
            <Button look="ghost" icon={UserX} shortcut="x" disabled={busy} onClick={part}>
              {t('Not the same person')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

type FieldRowProps = {
  field: ChosenField;
  differs: boolean;
  isCurrent: boolean;
  pair: DuplicatePair;
  side: Side;
  disabled: boolean;
  /** The focus is on it: the arrows mean this field. */
  onPoint: () => void;
  onChoose: (side: Side) => void;
};

function FieldRow({ field, differs, isCurrent, pair, side, disabled, onPoint, onChoose }: FieldRowProps) {
  const id = useId();
  const { keep, merge } = pair;
  if (!differs)
    return (
      <div className="merge-grid" data-same="">
        <span className="text-small text-ink-3">{fieldWord(field)}</span>
        <span className="col-span-2">
          <ContactValue field={field} value={keep[field]} />
        </span>
      </div>
    );
  return (
    <div
      className="merge-grid"
      role="radiogroup"
      aria-labelledby={id}
      data-current={isCurrent || undefined}
      onFocus={onPoint}
    >
      <span id={id} className="text-small text-ink-3">
        {fieldWord(field)}
      </span>
      {[['keep', keep] as const, ['merge', merge] as const].map(([which, contact]) => (
        <label key={which} className="merge-side" data-on={side === which || undefined}>
          <input
            type="radio"
            name={`${id}-side`}
            checked={side === which}
            disabled={disabled}
            onChange={() => onChoose(which)}
          />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <ContactValue field={field} value={contact[field]} />
          </span>
        </label>
      ))}
    </div>
  );
}

/** What both bring along. */
function United({ pair: { keep, merge, moves } }: { pair: DuplicatePair }) {
  const tags = [...new Set([...keep.tags, ...merge.tags])];
  const { notes, conversations, tasks } = moves.moved;
  const own = Object.keys({ ...merge.attributes, ...keep.attributes });
  return (
    <p className="text-small text-ink-2">
      {t('Of both stays: {{tags}}.', { tags: tags.length > 0 ? formatList(tags) : t('no tags') })}{' '}
      {own.length > 0 && `${t('Own fields: {{fields}}.', { fields: formatList(own) })} `}
      {t('{{notes}} notes, {{conversations}} conversations and {{tasks}} tasks move over.', {
        notes: notes.length,
        conversations: conversations.length,
        tasks: tasks.length,
      })}
    </p>
  );
}
