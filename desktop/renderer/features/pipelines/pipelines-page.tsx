import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, List, SquareKanban } from 'lucide-react';
import { useState } from 'react';
import type { SegmentRule } from '../../../../shared/segments/segment.ts';
import { formatMoneyShort } from '../../lib/format/format-money.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { FilterBar } from '../../lib/rules/filter-bar.tsx';
import { useContactSetup, useCurrency } from '../../lib/rules/use-rule-names.ts';
import { useMay } from '../../lib/use-identity.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Board } from './board.tsx';

type PipelinesPageProps = {
  /** The pipeline of the address; the first one without. */
  id: string | null;
  /** Shows the contacts of a rule as a list. */
  onList: (rule: SegmentRule) => void;
};

/** A pipeline as a board, one lane a stage. Its sums are those of the list behind it. */
export function PipelinesPage({ id, onList }: PipelinesPageProps) {
  const navigate = useNavigate();
  const setup = useContactSetup();
  const mayManage = useMay('MANAGER');
  const [parts, setParts] = useState<SegmentRule[]>([]);
  const pipeline = setup.pipelines.find((one) => one.id === id) ?? (id === null ? setup.pipelines[0] : undefined);
  const { isPending, error, data: read, refetch } = useQuery('contacts.setup', {});
  const filter = parts.length > 0 ? { all: parts } : undefined;
  return (
    <>
      <header className="top">
        <SquareKanban size={16} aria-hidden="true" className="text-ink-3" />
        <h1 className="trunc">{pipeline?.name ?? t('Pipelines')}</h1>
        {setup.pipelines.length > 1 && (
          <Menu
            trigger={
              <button type="button" className="btn ghost sq" aria-label={t('Another pipeline')}>
                <ChevronsUpDown size={16} aria-hidden="true" />
              </button>
            }
          >
            <MenuChoice
              label={t('Pipelines')}
              value={pipeline?.id ?? ''}
              choices={setup.pipelines.map((one) => ({ value: one.id, label: one.name }))}
              onChoose={(chosen) => void navigate({ to: '/pipelines/$id', params: { id: chosen } })}
            />
          </Menu>
        )}
        {pipeline && <Totals pipelineId={pipeline.id} filter={filter} />}
        {pipeline && (
          <Button
            size="sm"
            icon={List}
            onClick={() => onList({ all: [{ field: 'pipelineId', op: 'among', values: [pipeline.id] }, ...parts] })}
          >
            {t('As a list')}
          </Button>
        )}
      </header>
      <div className="sentence">
        <span>{t('Contacts')}</span>
        <FilterBar parts={parts} onChange={setParts} />
      </div>
      {error && !read ? (
        <EmptyState
          title={t('The pipelines could not be read')}
          actions={<Button onClick={() => void refetch()}>{t('Try again')}</Button>}
        >
          {saidInWords(error.message)}
        </EmptyState>
      ) : pipeline ? (
        <Board
          key={pipeline.id}
          pipelineId={pipeline.id}
          stages={setup.stages.filter(({ pipelineId }) => pipelineId === pipeline.id)}
          filter={filter}
        />
      ) : isPending ? (
        <Skeleton rows={8} />
      ) : (
        <EmptyState title={id === null ? t('There is no pipeline yet') : t('This pipeline is not there any more')}>
          {mayManage ? t('Make one in Settings, Pipelines.') : t('A manager makes one in Settings, Pipelines.')}
        </EmptyState>
      )}
    </>
  );
}

/** Everybody in it, what they are expected to bring, and that weighted by how likely it is. */
function Totals({ pipelineId, filter }: { pipelineId: string; filter: SegmentRule | undefined }) {
  const { stages } = useContactSetup();
  const currency = useCurrency();
  const { data: board = [] } = useQuery('pipelines.board', { pipelineId, ...(filter && { filter }) }, { keep: true });
  const contacts = board.reduce((sum, one) => sum + one.contacts, 0);
  const value = board.reduce((sum, one) => sum + one.valueCents, 0);
  const weighted = board.reduce((sum, one) => {
    const probability = stages.find(({ id }) => id === one.stageId)?.probability ?? 0;
    return sum + Math.round((one.valueCents * probability) / 100);
  }, 0);
  return (
    <span className="num ms-auto wide text-small text-ink-2">
      {t('{{count}} contacts', { count: contacts })} · <b>{formatMoneyShort(value, currency)}</b> ·{' '}
      {t('{{amount}} weighted', { amount: formatMoneyShort(weighted, currency) })}
    </span>
  );
}
