import { Command } from 'cmdk';
import { useState } from 'react';
import { toSearchText } from '../../../../../../shared/kernel/search-text.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { useQuery } from '../../../../lib/use-query.ts';
import { Button } from '../../../../ui/button.tsx';
import { TagPicker } from '../../detail/tag-picker.tsx';
import type { Selection } from './use-selection.ts';

type Option = { value: string; label: string; group?: string };

type PickOneProps = { label: string; options: readonly Option[]; onPick: (option: Option) => void; empty: string };

/** One of a list, found by typing. */
export function PickOne({ label, options, onPick, empty }: PickOneProps) {
  const [typed, setTyped] = useState('');
  const sought = toSearchText(typed);
  const found = options.filter(
    (one) => toSearchText(one.label).includes(sought) || toSearchText(one.group ?? '').includes(sought),
  );
  const groups = [...new Set(found.map(({ group }) => group ?? ''))];
  return (
    <Command shouldFilter={false} label={label}>
      <div className="field mb-1">
        <Command.Input autoFocus value={typed} onValueChange={setTyped} placeholder={label} />
      </div>
      <Command.List label={label} className="pick-list">
        {groups.map((group) => (
          <Command.Group key={group} heading={group || undefined} className="pick-group">
            {found
              .filter((one) => (one.group ?? '') === group)
              .map((one) => (
                <Command.Item key={one.value} value={one.value} className="menu-item" onSelect={() => onPick(one)}>
                  <span className="trunc">{one.label}</span>
                </Command.Item>
              ))}
          </Command.Group>
        ))}
        {found.length === 0 && <p className="menu-label">{empty}</p>}
      </Command.List>
    </Command>
  );
}

export const TagChoice = ({ onPick }: { onPick: (tag: string) => void }) => <TagPicker taken={[]} onPick={onPick} />;

/** Only tags that somebody who is chosen has; of everybody in the list, every tag there is. */
export function UntagChoice({ selection, onPick }: { selection: Selection; onPick: (tag: string) => void }) {
  const { data: tags = [] } = useQuery('tags.ofContacts', { contactIds: selection.sample });
  return (
    <PickOne
      label={t('Take off a tag')}
      options={tags.map((tag) => ({ value: tag, label: tag }))}
      onPick={({ value }) => onPick(value)}
      empty={t('None of them has a tag.')}
    />
  );
}

const NOBODY = 'nobody';

export function OwnerChoice({ onPick }: { onPick: (id: string | null, name: string) => void }) {
  const { data: members = [] } = useQuery('members.list', {});
  const options = members.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <PickOne
      label={t('Owner')}
      options={[...options, { value: NOBODY, label: t('Nobody') }]}
      onPick={({ value, label }) => onPick(value === NOBODY ? null : value, label)}
      empty={t('Nobody is called that.')}
    />
  );
}

export function StageChoice({ onPick }: { onPick: (stage: { id: string; pipelineId: string; name: string }) => void }) {
  const { pipelines, stages } = useContactSetup();
  const options = pipelines.flatMap((pipeline) =>
    stages
      .filter(({ pipelineId }) => pipelineId === pipeline.id)
      .map(({ id, name }) => ({ value: id, label: name, group: pipeline.name })),
  );
  return (
    <PickOne
      label={t('Stage')}
      options={options}
      onPick={({ value }) => {
        const stage = stages.find(({ id }) => id === value);
        if (stage) onPick(stage);
      }}
      empty={t('No stage is called that.')}
    />
  );
}

export function StatusChoice({ onPick }: { onPick: (key: string, name: string) => void }) {
  const { statuses } = useContactSetup();
  return (
    <PickOne
      label={t('Status')}
      options={statuses.filter(({ isActive }) => isActive).map(({ key, name }) => ({ value: key, label: name }))}
      onPick={({ value, label }) => onPick(value, label)}
      empty={t('No status is called that.')}
    />
  );
}

export function GroupChoice({ onPick }: { onPick: (group: { id: string; name: string }) => void }) {
  const { groups, segments } = useContactSetup();
  const options = [
    ...groups.map(({ id, name }) => ({ value: id, label: name })),
    ...segments
      .filter(({ kind }) => kind === 'static')
      .map(({ id, name }) => ({ value: id, label: name, group: t('Fixed segments') })),
  ];
  return (
    <PickOne
      label={t('Group')}
      options={options}
      onPick={({ value, label }) => onPick({ id: value, name: label })}
      empty={t('There is no group yet.')}
    />
  );
}

/** A whole number from 0 to 100. */
export function ScoreChoice({ onPick }: { onPick: (score: number) => void }) {
  const [text, setText] = useState('');
  const score = Number(text);
  const isRight = text.trim() !== '' && Number.isInteger(score) && score >= 0 && score <= 100;
  return (
    <form
      className="flex gap-1.5 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight) onPick(score);
      }}
    >
      <span className="field flex-1">
        <input
          autoFocus
          inputMode="numeric"
          aria-label={t('Score from 0 to 100')}
          placeholder={t('Score from 0 to 100')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </span>
      <Button type="submit" size="sm" disabled={!isRight}>
        {t('Apply')}
      </Button>
    </form>
  );
}
