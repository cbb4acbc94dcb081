import { Check, RotateCcw, User } from 'lucide-react';
import { useState } from 'react';
import { useCardKeys } from '../../lib/actions/use-card-keys.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { MeetingCard } from './meeting-card.tsx';

const PAGE = 50;
const cardKeys = () => [
  { act: 'restore', label: t('Restore the earlier values'), icon: RotateCcw, shortcut: 'r' },
  { act: 'dismiss', label: t('Leave it as it is'), icon: Check, shortcut: 'd' },
  { act: 'open', label: t('Open the contact'), icon: User, shortcut: 'o' },
];

/** Edits that met at the server, the newest first: what was merged, what was replaced, and the way back. */
export function MergesPage() {
  const [settled, setSettled] = useState(false);
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useQuery('merges.list', { settled, limit }, { keep: true });
  const now = useNow();
  const rows = data?.rows ?? [];
  const current = useCardKeys(
    'merges',
    t('Changes that met'),
    rows.map(({ id, contactName }) => ({ id, title: contactName })),
    cardKeys(),
  );
  const choose = (next: 'open' | 'settled') => {
    setSettled(next === 'settled');
    setLimit(PAGE);
  };
  return (
    <>
      <header className="top">
        <h1>{t('Changes that met')}</h1>
        <div className="ms-auto">
          <Segmented
            label={t('Which of them')}
            value={settled ? 'settled' : 'open'}
            onChoose={choose}
            segments={[
              {
                value: 'open',
                label: t('Open', { context: 'changes' }),
                count: data && data.open > 0 ? <span className="num">{formatCount(data.open)}</span> : null,
              },
              { value: 'settled', label: t('Settled') },
            ]}
          />
        </div>
      </header>
      <div className="pane flex-1">
        {error ? (
          <EmptyState
            title={t('The changes that met could not be read')}
            actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
          >
            {saidInWords(error.message)}
          </EmptyState>
        ) : rows.length > 0 ? (
          <div className="page-column grid gap-3">
            {rows.map((meeting) => (
              <MeetingCard key={meeting.id} meeting={meeting} now={now} isCurrent={current === meeting.id} />
            ))}
            {data?.more && (
              <Button look="ghost" onClick={() => setLimit(limit + PAGE)}>
                {t('Show more')}
              </Button>
            )}
          </div>
        ) : (
          data && <NothingMet settled={settled} denied={data.denied} />
        )}
      </div>
    </>
  );
}

function NothingMet({ settled, denied }: { settled: boolean; denied: boolean }) {
  if (denied)
    return (
      <EmptyState title={t('Your role does not see changes that met')}>
        {t('Agents and above see them. Ask an admin of your workspace.')}
      </EmptyState>
    );
  if (settled)
    return (
      <EmptyState title={t('Nothing was settled yet')}>
        {t('What you restore or leave as it is stays here for 90 days.')}
      </EmptyState>
    );
  return (
    <EmptyState title={t('No changes met')}>
      {t('When two people edit one contact before hearing of each other, both values stand here, with the way back.')}
    </EmptyState>
  );
}
