import { Command } from 'cmdk';
import { History, Search, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { t } from '../lib/i18n/t.ts';
import { useIdentity } from '../lib/use-identity.ts';
import { Keys } from '../ui/keys.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { FoundActs, FoundSettings } from './search/found-acts.tsx';
import { FoundPeople, usePeopleFound } from './search/found-people.tsx';
import { FoundTexts } from './search/found-texts.tsx';
import { forgetSearches, keepSearch, recentSearches } from './search/recent-searches.ts';

type CommandPaletteProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** People first, then what was written, then everything that can be done on this screen, then settings. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const giveFocusBack = useFocusBack(open);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="palette" aria-describedby={undefined} onCloseAutoFocus={giveFocusBack}>
          <Dialog.Title className="sr-only">{t('Search or jump')}</Dialog.Title>
          <PaletteBody close={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Why nothing is found, where nobody could look. */
function useSearchFailure(text: string): string | null {
  const { data, error } = usePeopleFound(text);
  return text !== '' && error && !data ? t('The search could not look now. Type on to try again.') : null;
}

function PaletteBody({ close }: { close: () => void }) {
  const [text, setText] = useState('');
  const identity = useIdentity();
  const sought = text.trim();
  const userId = identity?.userId ?? '';
  const failed = useSearchFailure(sought);
  const closeKeeping = () => {
    keepSearch(userId, sought);
    close();
  };
  return (
    <Command shouldFilter={false} loop label={t('Search or jump')}>
      <label className="q">
        <Search size={20} aria-hidden="true" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t('A name, a number, words of a text, or what to do')}
        />
      </label>
      <Command.List label={t('Suggestions')}>
        {sought === '' && <RecentSearches userId={userId} onChoose={setText} />}
        {failed && (
          <p role="alert" className="px-4 py-2 text-small text-danger-text">
            {failed}
          </p>
        )}
        <FoundPeople text={sought} close={closeKeeping} />
        <FoundTexts text={sought} close={closeKeeping} />
        <FoundActs text={text} close={close} />
        <FoundSettings text={sought} close={close} />
        {!failed && (
          <Command.Empty>
            <p className="px-4 py-6 text-center text-ink-2">
              {t('Nobody and nothing here is called “{{text}}”.', { text })}
            </p>
          </Command.Empty>
        )}
      </Command.List>
      <footer>
        <span className="flex items-center gap-1.5">
          <Keys shortcut="arrowup" />
          <Keys shortcut="arrowdown" /> {t('move')}
        </span>
        <span className="flex items-center gap-1.5">
          <Keys shortcut="enter" /> {t('open')}
        </span>
        <span className="ms-auto flex items-center gap-1.5">
          <Keys shortcut="escape" /> {t('close')}
        </span>
      </footer>
    </Command>
  );
}

/** What was searched for before, to search for it again. */
function RecentSearches({ userId, onChoose }: { userId: string; onChoose: (text: string) => void }) {
  const [recent, setRecent] = useState(() => recentSearches(userId));
  if (recent.length === 0) return null;
  const forget = () => {
    forgetSearches(userId);
    setRecent([]);
  };
  return (
    <Command.Group heading={t('Searched for lately')}>
      {recent.map((text) => (
        <Command.Item key={text} value={`recent ${text}`} onSelect={() => onChoose(text)}>
          <History size={16} aria-hidden="true" />
          {text}
        </Command.Item>
      ))}
      <Command.Item value="forget searches" onSelect={forget}>
        <X size={16} aria-hidden="true" />
        {t('Forget these searches')}
      </Command.Item>
    </Command.Group>
  );
}
