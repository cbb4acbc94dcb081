import { ArrowLeft, ChevronDown, ChevronUp, Ellipsis, Eraser, GitMerge, Trash2 } from 'lucide-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { contactName } from '../../../lib/contacts/contact-name.ts';
import { useActions } from '../../../lib/actions/actions.tsx';
import { useRunCommand } from '../../../lib/use-command.ts';
import { useMay } from '../../../lib/use-identity.ts';
import { useIsNarrow, useMedia } from '../../../lib/use-media.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { useContactList } from '../list/contact-list-state.tsx';
import { ContactHead } from './contact-head.tsx';
import { ContactNotes } from './contact-notes.tsx';
import { ContactFacts } from './facts/contact-facts.tsx';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { eraseContact } from '../../../../../shared/workspace/privacy-operations.ts';
import { AsOfView } from './as-of/as-of-view.tsx';
import { ContactTabs, tabWords, type ContactTab } from './contact-tabs.tsx';
import { ContactTimeline } from './history/contact-timeline.tsx';
import { EraseContact } from './erase-contact.tsx';
import { MergeWith } from './merge-with.tsx';
import { useNeighbours } from './use-neighbours.ts';

type ContactPageProps = {
  id: string;
  /** The conversation with this contact. */
  thread: ReactNode;
  /** Changes of this contact that the server refused. */
  refusals: ReactNode;
  /** Whether changes of this contact met. */
  meetings: ReactNode;
  /** What is to be done for this contact: a few of it, or all. */
  tasks: (contact: { id: string; name: string; brief: boolean }) => ReactNode;
};

/** The full page of one contact, with the order of the list it was opened from. */
export function ContactPage({ id, thread, refusals, meetings, tasks }: ContactPageProps) {
  const { data: contact, isPending, error, refetch } = useQuery('contacts.get', { id });
  const narrow = useIsNarrow();
  const roomForNotes = useMedia('(min-width: 1101px)');
  const [tab, setTab] = useState<ContactTab>('overview');
  const [asOf, setAsOf] = useState(false);

  if (isPending) return null;
  if (error && !contact) {
    return (
      <EmptyState
        title={t('This contact could not be read')}
        actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
      >
        {saidInWords(error.message)}
      </EmptyState>
    );
  }
  if (!contact) {
    return (
      <EmptyState
        title={t('This contact is not here')}
        actions={
          <Link className="btn" to="/contacts">
            {t('All contacts')}
          </Link>
        }
      >
        {t('It was deleted, or it has not reached this computer yet.')}
      </EmptyState>
    );
  }
  const name = contactName(contact);
  const overview = tab === 'overview';
  const choose = (next: ContactTab) => {
    setAsOf(false);
    setTab(next);
  };
  return (
    <>
      <ContactPageTop id={id} name={name} />
      <ContactTabs
        tab={tab}
        onChoose={choose}
        about={{ contactId: id, contactName: name }}
        onAsOf={() => setAsOf(!asOf)}
      />
      {refusals}
      {asOf ? (
        <div className="body">
          <AsOfView contact={contact} onLeave={() => setAsOf(false)} />
        </div>
      ) : (
        <div className="body">
          {(!narrow || overview) && (
            <div className={narrow ? 'pane w-full' : 'pane pane-left'}>
              <div className="p-4">
                <ContactHead contact={contact} />
                <div className="mt-2 empty:hidden">{meetings}</div>
              </div>
              <ContactFacts contact={contact} />
              {overview && (
                <section className="sect" aria-label={t('Tasks')}>
                  {tasks({ id, name, brief: true })}
                </section>
              )}
              {overview && !roomForNotes && (
                <section className="sect" aria-label={t('Notes')}>
                  <ContactNotes contactId={id} />
                </section>
              )}
            </div>
          )}
          {((overview && !narrow) || tab === 'conversations') && thread}
          {overview && roomForNotes && (
            <section className="pane pane-right p-4" aria-label={t('Notes')}>
              <ContactNotes contactId={id} />
            </section>
          )}
          {tab !== 'overview' && tab !== 'conversations' && (
            <section className="pane flex-1" aria-label={tabWords()[tab]}>
              {tab === 'activity' ? (
                <ContactTimeline contact={contact} />
              ) : (
                <div className="page-column">
                  {tab === 'tasks' ? tasks({ id, name, brief: false }) : <ContactNotes contactId={id} />}
                </div>
              )}
            </section>
          )}
        </div>
      )}
    </>
  );
}

function ContactPageTop({ id, name }: { id: string; name: string }) {
  const { shown, refresh } = useContactList();
  const navigate = useNavigate();
  const run = useRunCommand();
  const mayDelete = useMay('MANAGER');
  const mayErase = useMay(eraseContact.role);
  const [deleting, setDeleting] = useState(false);
  const [erasing, setErasing] = useState(false);
  const [merging, setMerging] = useState(false);
  const mayMerge = useMay('AGENT');
  const { place, previous, next } = useNeighbours(id);
  const go = (to: string | null) => to && void navigate({ to: '/contacts/$id', params: { id: to }, replace: true });
  const back = () => void navigate({ to: '/contacts' });
  useActions([
    {
      id: 'contact.back',
      label: t('Back to contacts'),
      icon: ArrowLeft,
      section: t('Contact'),
      shortcuts: ['escape'],
      run: back,
    },
    {
      id: 'contact.next',
      label: t('Next contact'),
      icon: ChevronDown,
      section: t('Contact'),
      shortcuts: ['j'],
      when: () => next !== null,
      run: () => go(next),
    },
    {
      id: 'contact.previous',
      label: t('Previous contact'),
      icon: ChevronUp,
      section: t('Contact'),
      shortcuts: ['k'],
      when: () => previous !== null,
      run: () => go(previous),
    },
    {
      id: 'contact.merge',
      label: t('Merge {{name}} with…', { name }),
      icon: GitMerge,
      section: t('Contact'),
      when: () => mayMerge,
      run: () => setMerging(true),
    },
    {
      id: 'contact.delete',
      label: t('Delete {{name}}', { name }),
      icon: Trash2,
      section: t('Contact'),
      when: () => mayDelete,
      run: () => setDeleting(true),
    },
  ]);
  const gone = () => {
    refresh();
    back();
  };
  const remove = async () => {
    if (await run({ name: 'contacts.delete', input: { id } })) gone();
  };
  return (
    <header className="top">
      <IconButton icon={ArrowLeft} label={t('Back to contacts')} shortcut="escape" className="-ms-2" onClick={back} />
      <Link to="/contacts" className="wide text-ink-3 hover:text-ink-1">
        {t('Contacts')}
      </Link>
      <span className="wide text-ink-3" aria-hidden="true">
        ›
      </span>
      <span className="trunc font-[620]">{name}</span>
      <div className="ms-auto flex flex-none items-center gap-1">
        {place >= 0 && shown && (
          <span className="num wide text-small text-ink-3">
            {t('{{place}} of {{total}}', { place: place + 1, total: shown.total })}
          </span>
        )}
        <IconButton
          icon={ChevronUp}
          label={t('Previous contact')}
          shortcut="k"
          disabled={!previous}
          onClick={() => go(previous)}
        />
        <IconButton
          icon={ChevronDown}
          label={t('Next contact')}
          shortcut="j"
          disabled={!next}
          onClick={() => go(next)}
        />
        {mayMerge && (
          <Menu
            align="end"
            trigger={
              <button type="button" className="btn ghost sq" aria-label={t('More')}>
                <Ellipsis size={16} aria-hidden="true" />
              </button>
            }
          >
            <MenuItem icon={GitMerge} label={t('Merge with…')} onSelect={() => setMerging(true)} />
            {mayDelete && (
              <MenuItem danger icon={Trash2} label={t('Delete contact')} onSelect={() => setDeleting(true)} />
            )}
            {mayErase && (
              <MenuItem danger icon={Eraser} label={t('Erase for good')} onSelect={() => setErasing(true)} />
            )}
          </Menu>
        )}
      </div>
      <Confirm
        open={deleting}
        onOpenChange={setDeleting}
        title={t('Delete {{name}}?', { name })}
        description={t('Notes, tags and conversations go with it, for everybody in your team. This cannot be undone.')}
        confirmLabel={t('Delete contact')}
        onConfirm={() => void remove()}
      />
      {merging && <MergeWith id={id} name={name} onClose={() => setMerging(false)} />}
      {erasing && <EraseContact id={id} name={name} onClose={() => setErasing(false)} onErased={gone} />}
    </header>
  );
}
