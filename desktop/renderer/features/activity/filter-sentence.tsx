import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import type { ActFilter } from '../../../../shared/bridge/team-contract.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { IconButton } from '../../ui/button.tsx';

const DAY_MS = 86_400_000;
const AREAS = ['contacts', 'notes', 'tasks', 'conversations', 'messages', 'imports', 'workspace', 'members'] as const;

const areaWords = (): Record<(typeof AREAS)[number], string> => ({
  contacts: t('contacts'),
  notes: t('notes'),
  tasks: t('tasks'),
  conversations: t('conversations'),
  messages: t('texts'),
  imports: t('imports'),
  workspace: t('settings'),
  members: t('people'),
});

type FilterSentenceProps = {
  filter: ActFilter;
  onChange: (filter: ActFilter) => void;
  search: RefObject<HTMLInputElement | null>;
};

/** Reads aloud: what everybody did with everything, at any time. */
export function FilterSentence({ filter, onChange, search }: FilterSentenceProps) {
  const { data: members = [] } = useQuery('members.list', {});
  const words = areaWords();
  const days = filter.from === undefined ? '' : String(Math.round((startOfToday() - filter.from) / DAY_MS) + 1);
  const isFiltered = Object.values(filter).some((value) => value !== undefined && value !== '');
  return (
    <div className="sentence flex-wrap" role="group" aria-label={t('Which acts')}>
      <span>{t('What')}</span>
      <Choice
        label={t('Who')}
        value={filter.userId ?? ''}
        onChange={(userId) => onChange({ ...filter, userId: userId || undefined })}
        choices={[['', t('everybody')], ...members.map(({ id, name }) => [id, name] as const)]}
      />
      <span>{t('did with')}</span>
      <Choice
        label={t('With what')}
        value={filter.area ?? ''}
        onChange={(area) => onChange({ ...filter, area: area || undefined })}
        choices={[['', t('everything')], ...AREAS.map((area) => [area, words[area]] as const)]}
      />
      <Choice
        label={t('When')}
        value={days}
        onChange={(count) =>
          onChange({ ...filter, from: count === '' ? undefined : startOfToday() - (Number(count) - 1) * DAY_MS })
        }
        choices={[
          ['', t('at any time')],
          ['1', t('today')],
          ['7', t('in the last 7 days')],
          ['30', t('in the last 30 days')],
        ]}
      />
      <label className="field quiet min-w-0 flex-1 basis-40">
        <Search size={14} aria-hidden="true" />
        <input
          ref={search}
          type="search"
          aria-label={t('Find in the activity')}
          placeholder={t('Find in the activity')}
          value={filter.search ?? ''}
          onChange={(event) => onChange({ ...filter, search: event.target.value || undefined })}
        />
      </label>
      {isFiltered && <IconButton size="sm" icon={X} label={t('Show everything')} onClick={() => onChange({})} />}
    </div>
  );
}

const startOfToday = () => new Date().setHours(0, 0, 0, 0);

type ChoiceProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly (readonly [value: string, label: string])[];
};

const Choice = ({ label, value, onChange, choices }: ChoiceProps) => (
  <span className="field quiet !px-1.5">
    <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {choices.map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </select>
  </span>
);
