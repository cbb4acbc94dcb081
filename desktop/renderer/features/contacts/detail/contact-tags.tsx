import { Command } from 'cmdk';
import { Plus, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { ContactDetail } from '../../../../../shared/bridge/bridge-contract.ts';
import { toSearchText } from '../../../../../shared/kernel/search-text.ts';
import { useActions } from '../../../lib/actions/actions.tsx';
import { useOfferUndo } from '../../../lib/actions/undo.tsx';
import { useRunCommand } from '../../../lib/use-command.ts';
import { useMay } from '../../../lib/use-identity.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { t } from '../../../lib/i18n/t.ts';
import { Keys } from '../../../ui/keys.tsx';

const SUGGESTIONS = 8;

type ContactTagsProps = {
  contact: Pick<ContactDetail, 'id' | 'tags' | 'sync'>;
  /** Opened in order to tag. */
  startOpen?: boolean;
};

/** The tags of a contact. Typing finds one or makes one; taking one away can be undone. */
export function ContactTags({ contact, startOpen = false }: ContactTagsProps) {
  const run = useRunCommand();
  const offerUndo = useOfferUndo();
  const mayEdit = useMay('AGENT');
  const [open, setOpen] = useState(startOpen);
  useActions([
    {
      id: 'contact.tag',
      label: t('Add a tag'),
      icon: Plus,
      section: t('Contact'),
      shortcuts: ['l'],
      when: () => mayEdit,
      run: () => setOpen(true),
    },
  ]);

  const input = (tag: string) => ({ contactIds: [contact.id], tags: [tag] });
  const add = (tag: string) => void run({ name: 'contacts.addTags', input: input(tag) });
  const remove = async (tag: string) => {
    const done = await run({ name: 'contacts.removeTags', input: input(tag) });
    if (done) offerUndo({ label: t('Removed the tag {{tag}}', { tag }), undo: () => add(tag) });
  };
  return (
    <div className="flex flex-wrap items-center gap-1">
      {contact.tags.map((tag) => (
        <span key={tag} className="tag" data-pending={contact.sync.pending.includes('tags') || undefined}>
          {tag}
          {mayEdit && (
            <button
              type="button"
              className="tag-remove"
              aria-label={t('Remove the tag {{tag}}', { tag })}
              onClick={() => void remove(tag)}
            >
              <X size={11} aria-hidden="true" />
            </button>
          )}
        </span>
      ))}
      {mayEdit && (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger className="btn ghost sm" aria-keyshortcuts="l">
            <Plus size={14} aria-hidden="true" />
            {t('Tag')}
            <Keys shortcut="l" />
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className="menu w-60"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label={t('Add a tag')}
            >
              <TagPicker
                taken={contact.tags}
                onPick={(tag) => {
                  setOpen(false);
                  add(tag);
                }}
              />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </div>
  );
}

function TagPicker({ taken, onPick }: { taken: readonly string[]; onPick: (tag: string) => void }) {
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState('');
  const name = text.trim();
  const { data: found = [] } = useQuery(
    'tags.list',
    { search: name, limit: SUGGESTIONS + taken.length },
    { keep: true },
  );
  const has = new Set(taken.map(toSearchText));
  // While the answer to the newest letters is on its way the older one is shown: Enter must never take a tag that was not typed.
  const offered = found
    .filter((tag) => !has.has(toSearchText(tag.name)) && toSearchText(tag.name).includes(toSearchText(name)))
    .slice(0, SUGGESTIONS);
  const known = has.has(toSearchText(name)) || offered.some((tag) => toSearchText(tag.name) === toSearchText(name));
  const make = `make ${name}`;
  const choices = [...offered.map((tag) => tag.id), ...(name && !known ? [make] : [])];
  // A choice that went away with the newest letters gives way to the first one that is there.
  const chosen = choices.includes(pointed) ? pointed : (choices[0] ?? '');
  return (
    <Command shouldFilter={false} label={t('Add a tag')} value={chosen} onValueChange={setPointed}>
      <div className="field mb-1">
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t('Find or make a tag')}
          maxLength={60}
        />
      </div>
      <Command.List label={t('Suggestions')}>
        {offered.map((tag) => (
          <Command.Item key={tag.id} value={tag.id} className="menu-item" onSelect={() => onPick(tag.name)}>
            <span className="trunc">{tag.name}</span>
          </Command.Item>
        ))}
        {name && !known && (
          <Command.Item value={make} className="menu-item" onSelect={() => onPick(name)}>
            <Plus size={14} aria-hidden="true" />
            <span className="trunc">{t('Make “{{name}}”', { name })}</span>
          </Command.Item>
        )}
        {name && known && offered.length === 0 && <p className="menu-label">{t('Has this tag already')}</p>}
      </Command.List>
    </Command>
  );
}
