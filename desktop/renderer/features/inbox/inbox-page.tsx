import { useState } from 'react';
import type { Queries } from '../../../../shared/bridge/bridge-contract.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { useIsNarrow } from '../../lib/use-media.ts';
import { useQuery } from '../../lib/use-query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Button } from '../../ui/button.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { t } from '../../lib/i18n/t.ts';
import { useInboxKeys } from './use-inbox-keys.ts';

type Filter = Queries['conversations.list']['args']['filter'];
const PAGE = 100;

/** Who waits longest comes first; the next one to answer is open already. */
export function InboxPage() {
  const narrow = useIsNarrow();
  const [filter, setFilter] = useState<Filter>('waiting');
  const [limit, setLimit] = useState(PAGE);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const { data } = useQuery('conversations.list', { filter, limit }, { keep: true });
  const rows = data?.rows ?? [];
  // a conversation that left the list (done, answered) stays open until another is chosen; the first one opens by itself
  const currentId = chosenId ?? (narrow ? null : (rows[0]?.id ?? null));
  useInboxKeys({ rows, currentId, open: setChosenId, narrow });

  const choose = (next: Filter) => {
    setFilter(next);
    setLimit(PAGE);
    setChosenId(null);
  };
  const showList = !narrow || currentId === null;
  return (
    <>
      {showList && (
        <header className="top">
          <h1>{t('Inbox')}</h1>
          {data !== undefined && data.waiting > 0 && (
            <span className="badge num" data-tone="lamp">
              <span className="lampdot !shadow-none" aria-hidden="true" />
              {t('{{count}} people waiting', { count: data.waiting })}
            </span>
          )}
          <span className="wide text-small text-ink-3">{t('longest waiting first')}</span>
        </header>
      )}
      <div className="body">
        {showList && (
          <section className="convlist" aria-label={t('Conversations')}>
            <div className="border-b border-line-hairline px-3 py-2">
              <Segmented
                label={t('Which conversations')}
                value={filter}
                onChoose={choose}
                segments={[
                  { value: 'waiting', label: t('Waiting'), count: <Count of={data?.waiting} lit /> },
                  { value: 'open', label: t('Open', { context: 'conversations' }), count: <Count of={data?.open} /> },
                  { value: 'done', label: t('Done', { context: 'conversations' }) },
                ]}
              />
            </div>
            {data === undefined && <Skeleton rows={6} />}
            {data !== undefined && rows.length === 0 && (
              <NothingHere filter={filter} open={data.open} onOpen={() => choose('open')} />
            )}
            {rows.length > 0 && (
              <ConversationList
                rows={rows}
                currentId={currentId}
                onOpen={setChosenId}
                onMore={rows.length >= limit ? () => setLimit(limit + PAGE) : null}
              />
            )}
          </section>
        )}
        {currentId !== null && (
          <ConversationView key={currentId} id={currentId} onBack={narrow ? () => setChosenId(null) : null} />
        )}
        {currentId === null && !narrow && (
          <div className="flex-1">
            <EmptyState title={t('Nothing to read here')}>
              {t('Choose another view on the left, or text somebody from their page.')}
            </EmptyState>
          </div>
        )}
      </div>
    </>
  );
}

function Count({ of, lit = false }: { of: number | undefined; lit?: boolean }) {
  if (!of) return null;
  return <span className={`num ${lit ? 'font-[620] text-lamp-text' : 'text-ink-3'}`}>{formatCount(of)}</span>;
}

function NothingHere({ filter, open, onOpen }: { filter: Filter; open: number; onOpen: () => void }) {
  if (filter === 'waiting') {
    return (
      <EmptyState
        title={t('Nobody is waiting')}
        actions={open > 0 && <Button onClick={onOpen}>{t('See open')}</Button>}
      >
        {open > 0
          ? t('All {{count}} open conversations are with the other side. The next one lights up here.', { count: open })
          : t('The next text lights up here.')}
      </EmptyState>
    );
  }
  return filter === 'open' ? (
    <EmptyState title={t('No open conversations')}>
      {t('Text somebody from their contact page and it shows up here.')}
    </EmptyState>
  ) : (
    <EmptyState title={t('Nothing is done yet')}>{t('Conversations you mark as done rest here.')}</EmptyState>
  );
}
