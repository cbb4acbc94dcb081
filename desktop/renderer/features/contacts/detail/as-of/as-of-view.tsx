import { useMemo, useState } from 'react';
import type { ContactDetail } from '../../../../../../shared/bridge/contacts-contract.ts';
import { contactAsOf, type ContactState } from '../../../../../../shared/contacts/contact-as-of.ts';
import { t } from '../../../../lib/i18n/t.ts';
import { useContactSetup } from '../../../../lib/rules/use-rule-names.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { pastChanges } from '../history/timeline-items.ts';
import { useHistory } from '../history/use-history.ts';
import { AsOfControl } from './as-of-control.tsx';
import { PastProperties } from './past-properties.tsx';

/** The contact as it was at a moment, read-only: what was different is tinted and says what it is now. */
export function AsOfView({ contact, onLeave }: { contact: ContactDetail; onLeave: () => void }) {
  const past = useHistory(contact.id, { whole: true });
  const { groups, segments } = useContactSetup();
  const { history } = past;
  const [to] = useState(() => Date.now());
  const [at, setAt] = useState<number | null>(null);
  const changes = useMemo(() => (history ? pastChanges(history).filter(({ field }) => field !== null) : []), [history]);
  if (past.unreadable !== null && !history)
    return (
      <EmptyState
        title={t('The past of this contact could not be read')}
        actions={
          <>
            <Button onClick={past.readAgain}>{t('Try again')}</Button>
            <Button onClick={onLeave}>{t('Now')}</Button>
          </>
        }
      >
        {past.unreadable}
      </EmptyState>
    );
  if (!history) return <Skeleton rows={6} />;
  const oldest = changes.at(-1)?.at ?? to;
  const isWhole = history.keptAt !== null && !history.older;
  const from = isWhole ? Math.min(contact.createdAt ?? oldest, oldest) : Math.min(oldest, to - 1);
  const nameOf = (id: string) => [...groups, ...segments].find((group) => group.id === id)?.name ?? id;
  const now: ContactState = {
    fields: { ...contact, ...history.settled },
    tags: contact.tags,
    groups: contact.groupIds.map(nameOf),
  };
  // Begins just before the last thing that changed.
  const moment = Math.max(from, Math.min(to, at ?? (changes[0] ? changes[0].at - 1 : to)));
  const then = contactAsOf(now, changes, moment);
  const later = changes.filter((change) => change.at > moment).length;
  return (
    <div className="pane flex flex-1 flex-col" aria-label={t('As of a date')} role="region">
      <AsOfControl
        span={{ from, to }}
        at={moment}
        times={changes.map((change) => change.at)}
        onChange={setAt}
        onLeave={onLeave}
      />
      {!isWhole && (
        <p className="px-4 pt-2 text-small text-ink-3" role="status">
          {past.problem ??
            (past.offline
              ? t('This computer has the past only from here on, and is offline. The rest is on the server.')
              : t('The rest of the past is being loaded.'))}
        </p>
      )}
      <div className="page-column">
        {then ? (
          <PastProperties then={then} now={{ ...now, fields: contact }} later={later} />
        ) : (
          <p>{t('This contact was not here yet.')}</p>
        )}
      </div>
    </div>
  );
}
