import { ChevronDown, ChevronUp } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DuplicateFound } from '../../../../shared/bridge/duplicates-contract.ts';
import { useActions } from '../../lib/actions/actions.tsx';
import { contactName } from '../../lib/contacts/contact-name.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MergePair } from './merge-pair.tsx';

const PAGE = 100;
/** The next turn of the search. */
const TURN_MS = 40;

const keyOf = ({ a, b }: DuplicateFound): string => `${a.id} ${b.id}`;

/** Contacts that may be one person, the surest first, to be merged or told apart. It is searched on this computer, also without a line. */
export function DuplicatesPage() {
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useQuery(
    'duplicates.scan',
    { limit },
    { keep: true, againMs: (answer) => (answer && answer.share < 1 ? TURN_MS : false) },
  );
  const client = useQueryClient();
  const found = data?.share === 1 ? data.total : null;
  // No table changes when a search is through: the number in the sidebar is asked for again.
  useEffect(() => {
    if (found !== null) void client.invalidateQueries({ queryKey: ['duplicates.count'] });
  }, [client, found]);
  const [chosen, setChosen] = useState<{ key: string; place: number } | null>(null);
  const pairs = data?.pairs ?? [];
  // The next one takes the place of a pair that is done with.
  const at = pairs.findIndex((pair) => keyOf(pair) === chosen?.key);
  const place = at >= 0 ? at : Math.max(0, Math.min(pairs.length - 1, chosen?.place ?? 0));
  const current = pairs[place];
  const go = (to: number) => {
    const pair = pairs[Math.max(0, Math.min(pairs.length - 1, to))];
    if (pair) setChosen({ key: keyOf(pair), place: pairs.indexOf(pair) });
  };
  const move = { section: t('Duplicates'), keyOnly: true, when: () => pairs.length > 0 };
  useActions([
    { ...move, id: 'duplicates.next', label: t('Next'), icon: ChevronDown, shortcuts: ['j'], run: () => go(place + 1) },
    {
      ...move,
      id: 'duplicates.previous',
      label: t('Previous'),
      icon: ChevronUp,
      shortcuts: ['k'],
      run: () => go(place - 1),
    },
  ]);
  const searching = data !== undefined && data.share < 1;
  return (
    <>
      <header className="top">
        <h1>{t('Duplicates')}</h1>
        {data && data.total > 0 && <span className="num text-small text-ink-3">{formatCount(data.total)}</span>}
        {searching && (
          <progress className="ms-auto w-32" max={1} value={data.share} aria-label={t('Looking for duplicates')} />
        )}
      </header>
      <div className="body merge-body">
        {error && !data && (
          <div className="pane flex-1">
            <EmptyState
              title={t('The duplicates could not be looked for')}
              actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
            >
              {saidInWords(error.message)}
            </EmptyState>
          </div>
        )}
        {data && pairs.length === 0 && (
          <div className="pane flex-1">
            <EmptyState title={searching ? t('Looking for duplicates') : t('No duplicates')}>
              {searching
                ? t('Every contact is compared with those that are like it.')
                : t('No two contacts share a number or an address, or nearly a name and a company.')}
            </EmptyState>
          </div>
        )}
        {current && (
          <>
            <ol className="pane pane-left p-2" aria-label={t('Pairs')}>
              {pairs.map((pair, at) => (
                <li key={keyOf(pair)}>
                  <PairButton pair={pair} isCurrent={at === place} onChoose={() => go(at)} />
                </li>
              ))}
              {data && data.total > pairs.length && (
                <li>
                  <Button size="sm" look="ghost" onClick={() => setLimit(limit + PAGE)}>
                    {t('Show more')}
                  </Button>
                </li>
              )}
            </ol>
            <MergePair
              key={keyOf(current)}
              keepId={current.a.id}
              mergeId={current.b.id}
              onDone={() => setChosen({ key: '', place })}
            />
          </>
        )}
      </div>
    </>
  );
}

type PairButtonProps = { pair: DuplicateFound; isCurrent: boolean; onChoose: () => void };

function PairButton({ pair, isCurrent, onChoose }: PairButtonProps) {
  const why = {
    phone: t('same phone number'),
    email: t('same email address'),
    name: t('nearly the same name'),
  }[pair.because];
  return (
    <button
      type="button"
      className="merge-pair"
      aria-current={isCurrent || undefined}
      data-passes-keys={isCurrent || undefined}
      onClick={onChoose}
    >
      <span className="trunc med">
        {contactName(pair.a)} · {contactName(pair.b)}
      </span>
      <span className="text-small text-ink-3">
        {t('{{why}}, {{percent}} % sure', { why, percent: Math.round(pair.certainty * 100) })}
      </span>
    </button>
  );
}
