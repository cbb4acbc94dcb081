import { X } from 'lucide-react';
import { useQuery } from '../../../lib/use-query.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { useContactList } from '../list/contact-list-state.tsx';
import { ContactHead } from './contact-head.tsx';
import { ContactNotes } from './contact-notes.tsx';
import { ContactProperties } from './contact-properties.tsx';
import { t } from '../../../lib/i18n/t.ts';
import { ContactTags } from './contact-tags.tsx';

type ContactPeekProps = {
  id: string;
  /** Opened by L: straight into the tags. */
  startTagging: boolean;
  onOpen: (id: string) => void;
  onClose: () => void;
};

/** The list's companion: the contact under the cursor, without leaving the list. */
export function ContactPeek({ id, startTagging, onOpen, onClose }: ContactPeekProps) {
  const { current, shown } = useContactList();
  const { data: contact } = useQuery('contacts.get', { id }, { keep: true });
  if (!contact) return null;
  return (
    <aside className="peek" aria-label={t('Peek')}>
      <div className="flex items-center gap-1 px-3 pt-2 ps-4 text-small text-ink-3">
        <span className="num flex-1">
          {t('{{place}} of {{total}}', { place: current + 1, total: shown?.total ?? 0 })}
        </span>
        <Button size="sm" look="ghost" shortcut="enter" onClick={() => onOpen(id)}>
          {t('Open')}
        </Button>
        <IconButton size="sm" icon={X} label={t('Close the peek')} shortcut="escape" onClick={onClose} />
      </div>
      <div className="px-4 pt-1 pb-4">
        <ContactHead contact={contact} level="h2" />
      </div>
      <section className="sect" aria-label={t('Properties')}>
        <ContactProperties contact={contact} short />
      </section>
      <section className="sect" aria-label={t('Tags')}>
        <h2 className="h-sect">{t('Tags')}</h2>
        <ContactTags contact={contact} startOpen={startTagging} />
      </section>
      <section className="sect" aria-label={t('Notes')}>
        <ContactNotes contactId={contact.id} />
      </section>
    </aside>
  );
}
