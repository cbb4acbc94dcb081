import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowDown, ArrowLeft, ArrowUp, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { toSearchText } from '../../../../shared/kernel/search-text.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useIsNarrow } from '../../lib/use-media.ts';
import { IconButton } from '../../ui/button.tsx';
import { Keys } from '../../ui/keys.tsx';
import { SectionBody } from './section-body.tsx';
import { SECTIONS, sectionGroups, sectionWords, settingNames, type SectionId } from './settings-sections.ts';

/** Sections on the left, one of them open. In a narrow window first the list, then the section. */
export function SettingsPage({ section }: { section: SectionId | null }) {
  const narrow = useIsNarrow();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const open = section ?? (narrow ? null : 'profile');
  const words = sectionWords();
  useSettingsKeys(open, () => search.current?.focus());
  return (
    <>
      <header className="top">
        {narrow && open !== null && (
          <IconButton
            icon={ArrowLeft}
            label={t('All settings')}
            className="-ms-2"
            onClick={() => void navigate({ to: '/settings' })}
          />
        )}
        <h1 title={narrow && open !== null ? words[open] : undefined}>
          {narrow && open !== null ? words[open] : t('Settings')}
        </h1>
        <label className="field quiet ms-auto w-[220px] min-w-[104px] max-[640px]:w-[132px]">
          <Search size={14} aria-hidden="true" />
          <input
            ref={search}
            type="search"
            value={text}
            aria-label={t('Find a setting')}
            placeholder={t('Find a setting')}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && (setText(''), search.current?.blur())}
          />
          <Keys shortcut="/" />
        </label>
      </header>
      <div className="body">
        {(!narrow || open === null || text.trim() !== '') && (
          <nav className="setnav" aria-label={t('Settings')}>
            {text.trim() === '' ? <Sections open={open} /> : <Found text={text} onChosen={() => setText('')} />}
          </nav>
        )}
        {open !== null && (!narrow || text.trim() === '') && (
          <div className="pane flex-1" key={open}>
            <SectionBody section={open} />
          </div>
        )}
      </div>
    </>
  );
}

function Sections({ open }: { open: SectionId | null }) {
  const words = sectionWords();
  return sectionGroups().map(({ heading, sections }) => (
    <div key={heading} className="grid gap-px">
      <h2>{heading}</h2>
      {sections.map((section) => (
        <Link
          key={section}
          to="/settings/$section"
          params={{ section }}
          className="nav-item"
          aria-current={section === open ? 'page' : undefined}
        >
          <span className="trunc">{words[section]}</span>
        </Link>
      ))}
    </div>
  ));
}

function Found({ text, onChosen }: { text: string; onChosen: () => void }) {
  const words = sectionWords();
  const wanted = toSearchText(text).split(' ').filter(Boolean);
  const all = [...SECTIONS.map((section) => ({ section, label: words[section] })), ...settingNames()];
  const hits = all.filter(({ section, label }) => {
    const said = toSearchText(`${words[section]} ${label}`);
    return wanted.every((word) => said.includes(word));
  });
  if (hits.length === 0)
    return <p className="p-2 text-small text-ink-3">{t('No setting is called “{{text}}”.', { text })}</p>;
  return hits.map(({ section, label }) => (
    <Link
      key={`${section} ${label}`}
      to="/settings/$section"
      params={{ section }}
      className="nav-item !h-auto py-1"
      onClick={onChosen}
    >
      <span className="min-w-0">
        <span className="trunc block">{label}</span>
        {label !== words[section] && <span className="trunc block text-micro text-ink-3">{words[section]}</span>}
      </span>
    </Link>
  ));
}

function useSettingsKeys(open: SectionId | null, find: () => void): void {
  const navigate = useNavigate();
  const place = open === null ? -1 : SECTIONS.indexOf(open);
  const go = (to: number) => {
    const section = SECTIONS[Math.max(0, Math.min(SECTIONS.length - 1, to))];
    if (section) void navigate({ to: '/settings/$section', params: { section } });
  };
  useActions([
    {
      id: 'settings.find',
      label: t('Find a setting'),
      icon: Search,
      section: t('Settings'),
      shortcuts: ['/'],
      run: find,
    },
    {
      id: 'settings.next',
      label: t('Next section'),
      icon: ArrowDown,
      section: t('Settings'),
      shortcuts: ['j'],
      keyOnly: true,
      run: () => go(place + 1),
    },
    {
      id: 'settings.previous',
      label: t('Previous section'),
      icon: ArrowUp,
      section: t('Settings'),
      shortcuts: ['k'],
      keyOnly: true,
      run: () => go(place - 1),
    },
  ]);
}
