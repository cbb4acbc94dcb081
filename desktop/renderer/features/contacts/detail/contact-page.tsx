import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { contactName } from '../../../lib/contacts/contact-name.ts';
import { useIsNarrow, useMedia } from '../../../lib/use-media.ts';
import { useQuery } from '../../../lib/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ContactPageTop } from './contact-page-top.tsx';
import { ContactHead } from './contact-head.tsx';
import { ContactNotes } from './contact-notes.tsx';
import { ContactFacts } from './facts/contact-facts.tsx';
import { saidInWords } from '../../../lib/i18n/said-in-words.ts';
import { t } from '../../../lib/i18n/t.ts';
import { AsOfView } from './as-of/as-of-view.tsx';
import { ContactTabs, tabWords, type ContactTab } from './contact-tabs.tsx';
import { ContactTimeline } from './history/contact-timeline.tsx';

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
