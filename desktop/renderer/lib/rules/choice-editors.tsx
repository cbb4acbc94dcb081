import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import type { RuleLeaf } from '../../../../shared/segments/segment-leaf.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { t } from '../i18n/t.ts';
import { useQuery } from '../use-query.ts';
import { ChoiceCount, useChoiceCounts } from './choice-counts.tsx';
import type { EditorProps } from './leaf-editor.tsx';
import { fieldLabel } from './rule-fields.ts';
import { sentimentWords, useContactSetup } from './use-rule-names.ts';

type Option = { value: string; label: string; group?: string; count?: number | undefined };

type PickManyProps = {
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
  /** Where the options are found elsewhere while typing. */
  search?: string;
  onSearch?: (text: string) => void;
  empty: string;
};

/** Several of many, found by typing, by keyboard alone too. */
function PickMany({ label, options, chosen, onToggle, search, onSearch, empty }: PickManyProps) {
  const [own, setOwn] = useState('');
  const typed = search ?? own;
  const sought = toSearchText(typed);
  const found = options.filter(
    (option) => toSearchText(option.label).includes(sought) || toSearchText(option.group ?? '').includes(sought),
  );
  const groups = [...new Set(found.map(({ group }) => group ?? ''))];
  return (
    <Command shouldFilter={false} label={label}>
      <div className="field mb-1">
        <Command.Input autoFocus value={typed} onValueChange={onSearch ?? setOwn} placeholder={t('Find')} />
      </div>
      <Command.List label={label} className="pick-list">
        {groups.map((group) => (
          <Command.Group key={group} heading={group || undefined} className="pick-group">
            {found
              .filter((option) => (option.group ?? '') === group)
              .map((option) => {
                const on = chosen.includes(option.value);
                return (
                  <Command.Item
                    key={option.value}
                    value={option.value}
                    className="menu-item"
                    aria-checked={on}
                    onSelect={() => onToggle(option.value)}
                  >
                    <span className="pick-box" data-on={on || undefined} aria-hidden="true">
                      {on && <Check size={11} strokeWidth={3} />}
                    </span>
                    <span className="trunc">{option.label}</span>
                    {on && <span className="sr-only">{t('chosen')}</span>}
                    <ChoiceCount count={option.count} />
                  </Command.Item>
                );
              })}
          </Command.Group>
        ))}
        {found.length === 0 && <p className="menu-label">{empty}</p>}
      </Command.List>
    </Command>
  );
}

const toggled = (chosen: readonly string[], value: string): string[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];

/** What was chosen and is deleted since can be let go of. */
const withGone = (options: readonly Option[], chosen: readonly string[]): Option[] => [
  ...chosen
    .filter((value) => !options.some((one) => one.value === value))
    .map((value) => ({ value, label: t('deleted', { context: 'a thing' }) })),
  ...options,
];

type ChoiceField = 'stageId' | 'leadStatus' | 'ownerId' | 'facebookPageId' | 'sentiment' | 'pipelineId';
type ChoiceLeaf = Extract<RuleLeaf, { field: ChoiceField }>;

/** One of several values, or none of them, or whether there is one at all. */
export function ChoiceEditor({ field, leaf, onChange }: EditorProps) {
  const countOf = useChoiceCounts(field);
  const there = useChoices(field as ChoiceField).map((one) => ({ ...one, count: countOf?.(one.value) }));
  const known = leaf && 'values' in leaf ? (leaf as Extract<ChoiceLeaf, { values: string[] }>) : null;
  const [op, setOp] = useState<'among' | 'notAmong' | 'missing'>(
    leaf?.op === 'missing' || leaf?.op === 'notAmong' ? leaf.op : 'among',
  );
  const chosen = known?.values ?? [];
  const options = withGone(there, chosen);
  const tell = (nextOp: typeof op, values: readonly string[]) => {
    setOp(nextOp);
    if (nextOp === 'missing') onChange({ field, op: 'missing' } as RuleLeaf);
    else if (values.length > 0) onChange({ field, op: nextOp, values } as RuleLeaf);
  };
  return (
    <div className="grid gap-2">
      <Segmented
        label={t('How')}
        value={op}
        segments={[
          { value: 'among', label: t('is') },
          { value: 'notAmong', label: t('is not') },
          { value: 'missing', label: t('is missing') },
        ]}
        onChoose={(next) => tell(next, chosen)}
      />
      {op !== 'missing' && (
        <PickMany
          label={fieldLabel(field)}
          options={options}
          chosen={chosen}
          onToggle={(value) => tell(op, toggled(chosen, value))}
          empty={t('Nothing is called that.')}
        />
      )}
    </div>
  );
}

function useChoices(field: ChoiceField): Option[] {
  const { statuses, stages, pipelines, pages } = useContactSetup();
  const { data: members = [] } = useQuery('members.list', {});
  const named = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  switch (field) {
    case 'stageId':
      return pipelines.flatMap((pipeline) =>
        stages
          .filter(({ pipelineId }) => pipelineId === pipeline.id)
          .map(({ id, name }) => ({ value: id, label: name, group: pipeline.name })),
      );
    case 'leadStatus':
      return statuses.map(({ key, name }) => ({ value: key, label: name }));
    case 'ownerId':
      return named(members);
    case 'facebookPageId':
      return named(pages);
    case 'pipelineId':
      return named(pipelines);
    case 'sentiment':
      return Object.entries(sentimentWords()).map(([value, label]) => ({ value, label }));
  }
}

const MOST_TAGS = 50;

/** All, any or none of the tags: which of them is always said. */
export function TagsEditor({ leaf, onChange }: EditorProps) {
  const [search, setSearch] = useState('');
  const { data: found = [] } = useQuery('tags.list', { search, limit: MOST_TAGS }, { keep: true });
  const known = leaf?.field === 'tags' ? leaf : null;
  const [op, setOp] = useState<'all' | 'any' | 'none'>(known?.op ?? 'all');
  const chosen = known?.names ?? [];
  const tell = (nextOp: typeof op, names: string[]) => {
    setOp(nextOp);
    if (names.length > 0) onChange({ field: 'tags', op: nextOp, names });
  };
  const countOf = useChoiceCounts('tags');
  const idByName = new Map(found.map(({ id, name }) => [name, id]));
  // What is chosen stays in sight while others are being sought.
  const options = [...new Set([...chosen, ...idByName.keys()])].map((name) => {
    const id = idByName.get(name);
    return { value: name, label: name, count: id === undefined ? undefined : countOf?.(id) };
  });
  return (
    <div className="grid gap-2">
      <AllAnyNone op={op} onChoose={(next) => tell(next, chosen)} />
      <PickMany
        label={t('Tags')}
        options={options}
        chosen={chosen}
        onToggle={(name) => tell(op, toggled(chosen, name))}
        search={search}
        onSearch={setSearch}
        empty={t('No tag is called that.')}
      />
    </div>
  );
}

const AllAnyNone = ({
  op,
  onChoose,
}: {
  op: 'all' | 'any' | 'none';
  onChoose: (op: 'all' | 'any' | 'none') => void;
}) => (
  <Segmented
    label={t('How many of them')}
    value={op}
    segments={[
      { value: 'all', label: t('all of') },
      { value: 'any', label: t('any of') },
      { value: 'none', label: t('none of') },
    ]}
    onChoose={onChoose}
  />
);

export function GroupsEditor({ leaf, onChange }: EditorProps) {
  const { groups } = useContactSetup();
  const countOf = useChoiceCounts('groups');
  const known = leaf?.field === 'groups' ? leaf : null;
  const [op, setOp] = useState<'all' | 'any' | 'none'>(known?.op ?? 'any');
  const chosen = known?.ids ?? [];
  const tell = (nextOp: typeof op, ids: string[]) => {
    setOp(nextOp);
    if (ids.length > 0) onChange({ field: 'groups', op: nextOp, ids });
  };
  return (
    <div className="grid gap-2">
      <AllAnyNone op={op} onChoose={(next) => tell(next, chosen)} />
      <PickMany
        label={t('Groups')}
        options={withGone(
          groups.map(({ id, name }) => ({ value: id, label: name, count: countOf?.(id) })),
          chosen,
        )}
        chosen={chosen}
        onToggle={(id) => tell(op, toggled(chosen, id))}
        empty={t('No group is called that.')}
      />
    </div>
  );
}

export function SegmentEditor({ leaf, onChange }: EditorProps) {
  const { segments } = useContactSetup();
  return (
    <PickMany
      label={t('Segment')}
      options={segments.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={leaf?.field === 'segment' ? [leaf.id] : []}
      onToggle={(id) => onChange({ field: 'segment', op: 'in', id })}
      empty={t('No segment is called that.')}
    />
  );
}

export function FlagEditor({ field, leaf, onChange }: EditorProps) {
  const value = leaf && 'value' in leaf && leaf.value === false ? 'no' : leaf ? 'yes' : '';
  return (
    <Segmented
      label={fieldLabel(field)}
      value={value}
      segments={[
        { value: 'yes', label: t('yes') },
        { value: 'no', label: t('no') },
      ]}
      onChoose={(next) => onChange({ field, op: 'is', value: next === 'yes' } as RuleLeaf)}
    />
  );
}
