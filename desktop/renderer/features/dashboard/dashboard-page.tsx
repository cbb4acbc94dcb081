import { Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import type { ContactSetup } from '../../../../shared/bridge/contacts-contract.ts';
import type { Dashboard } from '../../../../shared/bridge/dashboard-contract.ts';
import {
  moodRule,
  sourceRule,
  stageRule,
  statusRule,
} from '../../../../shared/segments/known-rules/dashboard-rules.ts';
import { formatMoney } from '../../lib/format/format-money.ts';
import { saidInWords } from '../../lib/i18n/said-in-words.ts';
import { t } from '../../lib/i18n/t.ts';
import { sentimentWords, useCurrency } from '../../lib/rules/use-rule-names.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BarList, type Bar } from './bar-list.tsx';
import { Figures, Revenue } from './figures.tsx';
import type { OnList } from './list-link.tsx';

/** A number that is not known yet is asked for again soon; what goes by days, now and then. */
const SOON_MS = 400;
const NOW_AND_THEN_MS = 60_000;

const isWhole = (answer: Dashboard | null | undefined): boolean =>
  answer != null && answer.actualCents !== null && answer.sources !== null;

/** How the business stands. Every number is counted on this computer, is of this moment, and leads to the list that proves it. */
export function DashboardPage({ onList }: { onList: OnList }) {
  const { data, error, refetch } = useQuery(
    'dashboard.get',
    {},
    { keep: true, againMs: (answer) => (isWhole(answer) ? NOW_AND_THEN_MS : SOON_MS) },
  );
  const setup = useQuery('contacts.setup', {});
  const problem = error ?? setup.error;
  return (
    <>
      <header className="top">
        <h1>{t('Dashboard')}</h1>
      </header>
      <div className="pane flex-1">
        {problem && (
          <EmptyState
            title={t('The numbers could not be read')}
            actions={<Button onClick={() => void Promise.all([refetch(), setup.refetch()])}>{t('Try again')}</Button>}
          >
            {saidInWords(problem.message)}
          </EmptyState>
        )}
        {!problem && !(data && setup.data) && (
          <div role="status">
            <span className="sr-only">{t('Counting your contacts…')}</span>
            <Skeleton rows={8} />
          </div>
        )}
        {!problem && data && setup.data && <Panels dashboard={data} setup={setup.data} onList={onList} />}
      </div>
    </>
  );
}

type PanelsProps = { dashboard: Dashboard; setup: ContactSetup; onList: OnList };

function Panels({ dashboard, setup, onList }: PanelsProps) {
  const currency = useCurrency();
  const money = (cents: number) => formatMoney(cents, currency);
  const moods = sentimentWords();
  const statuses = dashboard.statuses.flatMap(({ key, contacts, valueCents }): Bar[] => {
    const status = setup.statuses.find((one) => one.key === key);
    if (contacts === 0 && !status?.isActive) return [];
    return [
      {
        key: key ?? '',
        label: status?.name ?? key ?? t('No status'),
        mark: (
          <span
            className="bar-dot"
            style={{ background: status?.color ?? 'var(--chart-context)' }}
            aria-hidden="true"
          />
        ),
        rule: statusRule(key),
        contacts,
        value: money(valueCents),
      },
    ];
  });
  return (
    <div className="dash">
      <Figures dashboard={dashboard} onList={onList} />
      <Revenue dashboard={dashboard} currency={currency} onList={onList} />
      <div className="dash-panels">
        <Stages dashboard={dashboard} setup={setup} money={money} onList={onList} />
        <Panel title={t('By status')}>
          <BarList label={t('By status')} bars={statuses} onList={onList} />
        </Panel>
        <Panel title={t('By source')}>
          <BarList
            label={t('By source')}
            bars={(dashboard.sources ?? [])
              .filter(({ contacts }) => contacts > 0)
              .map(({ source, contacts }) => ({
                key: source ?? '',
                label: source ?? t('No source'),
                rule: sourceRule(source),
                contacts,
              }))}
            onList={onList}
          />
        </Panel>
        <Panel title={t('By mood')}>
          <BarList
            label={t('By mood')}
            bars={dashboard.moods.map(({ mood, contacts }) => ({
              key: mood ?? '',
              label: mood ? (moods[mood] ?? mood) : t('No mood noted'),
              rule: moodRule(mood),
              contacts,
            }))}
            onList={onList}
          />
        </Panel>
      </div>
    </div>
  );
}

/** Each pipeline with its stages by value; all pipelines on one scale. */
function Stages({ dashboard, setup, money, onList }: PanelsProps & { money: (cents: number) => string }) {
  const { pipelines, stages } = setup;
  const most = dashboard.stages.reduce((longest, { valueCents }) => Math.max(longest, valueCents), 0);
  return pipelines.map((pipeline) => {
    const bars = stages
      .filter(({ pipelineId }) => pipelineId === pipeline.id)
      .flatMap(({ id, name }): Bar[] => {
        const sum = dashboard.stages.find(({ stageId }) => stageId === id);
        if (!sum) return [];
        const { contacts, valueCents } = sum;
        return [{ key: id, label: name, rule: stageRule(id), contacts, size: valueCents, value: money(valueCents) }];
      });
    const total = dashboard.stages
      .filter(({ stageId }) => bars.some(({ key }) => key === stageId))
      .reduce((sum, { valueCents }) => sum + valueCents, 0);
    return (
      <Panel
        key={pipeline.id}
        title={t('Pipeline {{name}}', { name: pipeline.name })}
        aside={
          <Link to="/pipelines/$id" params={{ id: pipeline.id }} className="link text-small">
            {t('{{money}} on the board', { money: money(total) })}
          </Link>
        }
      >
        {bars.length > 0 ? (
          <BarList label={pipeline.name} bars={bars} most={most} onList={onList} />
        ) : (
          <p className="text-small text-ink-3">{t('It has no stage yet, so no contact can stand in it.')}</p>
        )}
      </Panel>
    );
  });
}

function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="mb-2 flex items-baseline gap-2">
        <h2 id={id} className="med flex-1">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
