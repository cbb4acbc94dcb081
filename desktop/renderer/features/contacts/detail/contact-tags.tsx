import { Plus, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { ContactDetail } from '../../../../../shared/bridge/contacts-contract.ts';
import { useActions } from '../../../lib/actions/actions.tsx';
import { useOfferUndo } from '../../../lib/actions/undo.tsx';
import { useRunCommand } from '../../../lib/use-command.ts';
import { useMay } from '../../../lib/use-identity.ts';
import { t } from '../../../lib/i18n/t.ts';
import { Keys } from '../../../ui/keys.tsx';
import { TagPicker } from './tag-picker.tsx';

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
