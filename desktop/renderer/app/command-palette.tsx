import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { contactName } from '../lib/contact-name.ts';
import { toSearchText } from '../../../shared/kernel/search-text.ts';
import { useListActions } from '../lib/actions/actions.tsx';
import { formatPhone } from '../lib/format/format-phone.ts';
import { Highlight } from '../lib/highlight.tsx';
import { useCountry } from '../lib/use-identity.ts';
import { useQuery } from '../lib/use-query.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Keys } from '../ui/keys.tsx';
import { t } from '../lib/i18n/t.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { Score } from '../ui/score.tsx';

const PEOPLE = 6;

type CommandPaletteProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** People first, then everything that can be done on this screen. */
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

/** Runs after the palette has given the focus back, so that what is opened may take it. */
const afterClosing = (close: () => void, act: () => void) => () => {
  close();
  setTimeout(act);
};

function PaletteBody({ close }: { close: () => void }) {
  const [text, setText] = useState('');
  return (
    <Command shouldFilter={false} loop label={t('Search or jump')}>
      <label className="q">
        <Search size={20} aria-hidden="true" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t('A name, a number, or what to do')}
        />
      </label>
      <Command.List label={t('Suggestions')}>
        <People text={text.trim()} close={close} />
        <Actions text={text} close={close} />
        <Command.Empty>
          <p className="px-4 py-6 text-center text-ink-2">
            {t('Nobody and nothing here is called “{{text}}”.', { text })}
          </p>
        </Command.Empty>
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

function People({ text, close }: { text: string; close: () => void }) {
  const navigate = useNavigate();
  const country = useCountry();
  const asked = { text, limit: PEOPLE, kinds: ['contact' as const] };
  const { data } = useQuery('search.everywhere', asked, { enabled: text !== '', keep: true });
  const people = data?.hits.flatMap((hit) => (hit.kind === 'contact' ? [hit.contact] : [])) ?? [];
  if (text === '' || !data || people.length === 0) return null;
  const timing = t('{{count}} searched in {{ms}} ms, on this computer', {
    count: data.searched,
    ms: Math.max(1, Math.round(data.tookMs)),
  });
  return (
    <Command.Group
      heading={
        <>
          {t('People')} <span>{timing}</span>
        </>
      }
    >
      {people.map((contact) => {
        const name = contactName(contact);
        const open = () => void navigate({ to: '/contacts/$id', params: { id: contact.id } });
        return (
          <Command.Item key={contact.id} value={contact.id} onSelect={afterClosing(close, open)}>
            <Avatar name={name} />
            <span className="trunc">
              <Highlight text={name} search={text} />
            </span>
            {contact.company && (
              <span className="trunc text-small text-ink-3">
                <Highlight text={contact.company} search={text} />
              </span>
            )}
            <span className="push num">
              {contact.phone && <span className="wide">{formatPhone(contact.phone, country)}</span>}
              {contact.leadScore !== null && <Score score={contact.leadScore} />}
            </span>
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}

function Actions({ text, close }: { text: string; close: () => void }) {
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
