import { CloudDownload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import { formatMoment } from '../../../../lib/format/format-time.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useNow } from '../../../../lib/use-now.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { timelineItems, TIMELINE_KINDS, type TimelineKind } from './timeline-items.ts';
import { TimelineRow } from './timeline-row.tsx';
import { useHistory, type History } from './use-history.ts';

const kindWords = (): Record<TimelineKind | 'all', string> => ({
  all: t('Everything'),
  values: t('Values'),
  stages: t('Stage and status'),
  links: t('Tags and groups'),
  consents: t('Consent'),
  events: t('Other', { context: 'events' }),
});

/** Everything that happened to a contact, newest first: who, what, when, on which device, what it was and what it became. */
export function ContactTimeline({ contact }: { contact: ContactDetail }) {
  const past = useHistory(contact.id);
  const [kind, setKind] = useState<TimelineKind | 'all'>('all');
  const now = useNow();
  const { history, unreadable } = past;
  if (unreadable !== null && !history)
    return (
      <EmptyState
        title={t('The past of this contact could not be read')}
        actions={<Button onClick={past.readAgain}>{t('Try again')}</Button>}
      >
        {unreadable}
      </EmptyState>
    );
  if (!history) return <Skeleton rows={6} />;
  const items = timelineItems(history).filter((item) => kind === 'all' || item.kind === kind);
  const words = kindWords();
  return (
    <div className="page-column grid gap-3">
      <div>
        <Segmented
          label={t('What to show')}
          value={kind}
          onChoose={setKind}
          segments={(['all', ...TIMELINE_KINDS] as const).map((one) => ({ value: one, label: words[one] }))}
        />
      </div>
      <WhatIsMissing past={past} now={now} />
      {items.length > 0 ? (
        <ol className="tl" aria-label={t('Activity')}>
          {items.map((item) => (
            <TimelineRow key={item.key} item={item} contact={contact} now={now} />
          ))}
        </ol>
      ) : (
        !past.busy && (
          <p className="text-small text-ink-3">
            {kind === 'all' ? t('Nothing is known here of what happened.') : t('Nothing of this kind happened.')}
          </p>
        )
      )}
      <Earlier past={past} />
    </div>
  );
}

/** What is not here, and why: never a past that looks whole and is not. */
function WhatIsMissing({ past: { history, offline, problem, readAgain }, now }: { past: History; now: number }) {
  if (problem !== null)
    return (
      <p className="text-small text-ink-2" role="alert">
        {problem}{' '}
        <Button size="sm" look="ghost" onClick={readAgain}>
          {t('Try again')}
        </Button>
      </p>
    );
  if (!offline || !history) return null;
  return (
    <p className="text-small text-ink-3" role="status">
      {history.keptAt === null
        ? t(
            'The whole past is on the server, and this computer is offline. Here is what members did lately and what you changed yourself.',
          )
        : t(
            'This is the past as it was {{when}}, with what members did since. It is brought up to date when you are online.',
            {
              when: formatMoment(history.keptAt, now),
            },
          )}
    </p>
  );
}

/** Loads when it is scrolled to. */
function Earlier({ past }: { past: History }) {
  const { history, offline, busy, earlier } = past;
  const mark = useRef<HTMLDivElement>(null);
  const scrolledHere = useRef(earlier);
  useEffect(() => {
    scrolledHere.current = earlier;
  });
  const isMore = history !== undefined && (history.more || history.older);
  useEffect(() => {
    const { current } = mark;
    if (!current || !isMore) return undefined;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && scrolledHere.current());
    observer.observe(current);
    return () => observer.disconnect();
  }, [isMore]);
  if (!isMore) return null;
  const isElsewhere = !history.more && offline;
  return (
    <div ref={mark} className="text-center text-small text-ink-3">
      {isElsewhere ? (
        t('What was before is on the server; it loads when you are online.')
      ) : (
        <Button size="sm" look="ghost" icon={CloudDownload} disabled={busy} onClick={earlier}>
          {busy ? t('Loading') : t('Earlier')}
        </Button>
      )}
    </div>
  );
}
