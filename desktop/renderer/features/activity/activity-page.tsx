import { Search, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { undoAct } from '../../../../shared/activity/activity-operations.ts';
import type { ActFilter } from '../../../../shared/bridge/team-contract.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { useCardKeys } from '../../lib/actions/use-card-keys.ts';
import { formatMoment } from '../../lib/format/format-time.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ActItem } from './act-item.tsx';
import { FilterSentence } from './filter-sentence.tsx';
import { PendingActs } from './pending-acts.tsx';
import { SaveActs } from './save-acts.tsx';

const PAGE = 100;

/** Who did what, when and from where; what was before and after; and the way back. */
export function ActivityPage() {
  const [filter, setFilter] = useState<ActFilter>({});
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useQuery('acts.list', { filter, limit }, { keep: true });
  const { data: outbox = [] } = useQuery('outbox.list', {});
  const search = useRef<HTMLInputElement>(null);
  const now = useNow();
  const rows = data?.rows ?? [];
  const unfiltered = Object.values(filter).every((value) => value === undefined || value === '');
  const refusals = outbox.filter(({ name, state }) => name === undoAct.name && state === 'refused');
  const current = useCardKeys(
    'activity',
    t('Activity'),
    rows.map(({ id, title }) => ({ id, title: saidInWords(title) })),
    [{ act: 'undo', label: t('Take this act back'), icon: Undo2, shortcut: 'u' }],
  );
  useActions([
    {
      id: 'activity.search',
      label: t('Find in the activity'),
      icon: Search,
      section: t('Activity'),
      shortcuts: ['/'],
      run: () => search.current?.focus(),
    },
  ]);
  const choose = (next: ActFilter) => {
    setFilter(next);
    setLimit(PAGE);
  };
  return (
    <>
      <header className="top">
        <h1>{t('Activity')}</h1>
        <div className="ms-auto">
          <SaveActs filter={filter} none={rows.length === 0} />
        </div>
      </header>
      <FilterSentence filter={filter} onChange={choose} search={search} />
      <div className="pane flex-1">
        {error && (
          <EmptyState
            title={t('The activity could not be read')}
            actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
          >
            {saidInWords(error.message)}
          </EmptyState>
        )}
        {!data && !error && <Skeleton rows={6} />}
        {data?.denied && (
          <EmptyState title={t('Your role does not see the activity')}>
            {t('Ask an administrator for a role that does.')}
          </EmptyState>
        )}
        {data && !data.denied && (
          <div className="page-column grid gap-4">
            {unfiltered && <PendingActs entries={outbox} now={now} />}
            {rows.length === 0 && !data.more && <NothingDone unfiltered={unfiltered} onClear={() => choose({})} />}
            {rows.length > 0 && (
              <ol className="panel" aria-label={t('Activity')}>
                {rows.map((act) => (
                  <ActItem
                    key={act.id}
                    act={act}
                    now={now}
                    isCurrent={current === act.id}
                    refusal={refusals.find(({ input }) => (input as { id?: string }).id === act.id) ?? null}
                  />
                ))}
              </ol>
            )}
            {data.more && (
              <div className="text-center">
                <Button size="sm" look="ghost" onClick={() => setLimit(limit + PAGE)}>
                  {t('Earlier acts')}
                </Button>
              </div>
            )}
            {!data.more && data.from !== null && (
              <p className="text-center text-small text-ink-3">
                {t('This computer keeps the activity since {{when}}. The server keeps more.', {
                  when: formatMoment(data.from, now),
                })}
              </p>
            )}
          </div>
        )}
      </div>
    </>
  );
}

function NothingDone({ unfiltered, onClear }: { unfiltered: boolean; onClear: () => void }) {
  if (unfiltered)
    return (
      <EmptyState title={t('Nothing has happened yet')}>
        {t('What anybody changes stands here, with the way back.')}
      </EmptyState>
    );
  return (
    <EmptyState title={t('Nobody did that')} actions={<Button onClick={onClear}>{t('Show everything')}</Button>}>
      {t('No act on this computer matches the sentence above.')}
    </EmptyState>
  );
}
