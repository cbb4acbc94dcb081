import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Settings } from 'lucide-react';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import { SECTIONS, sectionWords, settingNames } from '../../features/settings/settings-sections.ts';
import { useListActions } from '../../lib/actions/actions.tsx';
import { t } from '../../lib/i18n/t.ts';
import { Keys } from '../../ui/keys.tsx';
import { afterClosing, type PaletteGroupProps } from './palette-go.ts';

const SETTINGS = 6;

/** Settings by name, wherever one stands. */
export function FoundSettings({ text, close }: PaletteGroupProps) {
  const navigate = useNavigate();
  if (text === '') return null;
  const words = sectionWords();
  const wanted = toSearchText(text).split(' ').filter(Boolean);
  const all = [...SECTIONS.map((section) => ({ section, label: words[section] })), ...settingNames()];
  const found = all
    .filter(({ section, label }) => {
      const said = toSearchText(`${t('Settings')} ${words[section]} ${label}`);
      return wanted.every((word) => said.includes(word));
    })
    .slice(0, SETTINGS);
  if (found.length === 0) return null;
  return (
    <Command.Group heading={t('Settings')}>
      {found.map(({ section, label }) => {
        const open = () => void navigate({ to: '/settings/$section', params: { section } });
        return (
          <Command.Item
            key={`${section} ${label}`}
            value={`setting ${section} ${label}`}
            onSelect={afterClosing(close, open)}
          >
            <Settings size={16} aria-hidden="true" />
            {label}
            {label !== words[section] && <span className="push">{words[section]}</span>}
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}

/** What can be done here and now. */
export function FoundActs({ text, close }: PaletteGroupProps) {
  const wanted = toSearchText(text).split(' ');
  const actions = useListActions()().filter(({ label, section, keyOnly }) => {
    const words = toSearchText(`${section} ${label}`);
    return !keyOnly && wanted.every((word) => words.includes(word));
  });
  return [...Map.groupBy(actions, (action) => action.section)].map(([section, listed]) => (
    <Command.Group key={section} heading={section}>
      {listed.map(({ id, label, icon: Icon, shortcuts, run }) => (
        <Command.Item key={id} value={id} onSelect={afterClosing(close, run)}>
          <Icon size={16} aria-hidden="true" />
          {label}
          {shortcuts?.[0] && (
            <span className="push">
              <Keys exact shortcut={shortcuts[0]} />
            </span>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  ));
}
