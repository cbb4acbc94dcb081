import { useState } from 'react';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Choices } from './merge-choices.ts';
import { MergePanel } from './merge-panel.tsx';

type MergePairProps = { keepId: string; mergeId: string; onDone: (kept: string | null) => void };

/** Two contacts, either of which may be the one that stays. */
export function MergePair({ keepId, mergeId, onDone }: MergePairProps) {
  const [swapped, setSwapped] = useState(false);
  const [choices, setChoices] = useState<Choices>({});
  const ids = swapped ? { keepId: mergeId, mergeId: keepId } : { keepId, mergeId };
  const { data: pair, error, refetch } = useQuery('duplicates.pair', ids);
  if (error && !pair)
    return (
      <div className="pane flex-1">
        <EmptyState
          title={t('The two contacts could not be read')}
          actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
        >
          {saidInWords(error.message)}
        </EmptyState>
      </div>
    );
  if (pair === undefined) return <div className="pane flex-1" />;
  if (pair === null)
    return (
      <div className="pane flex-1">
        <EmptyState title={t('One of the two is not here any more')}>
          {t('It was merged or deleted, or it has not reached this computer yet.')}
        </EmptyState>
      </div>
    );
  return (
    <MergePanel
      key={pair.keep.id}
      pair={pair}
      choices={choices}
      onChoose={setChoices}
      onSwap={() => setSwapped(!swapped)}
      onDone={onDone}
    />
  );
}
