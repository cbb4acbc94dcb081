import { Link } from '@tanstack/react-router';
import type { Dashboard } from '../../../../shared/bridge/dashboard-contract.ts';
import { DASHBOARD_RULES, type DashboardNumber } from '../../../../shared/segments/known-rules/dashboard-rules.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { formatMoney, formatMoneyWhole } from '../../lib/format/format-money.ts';
import { t } from '../../lib/i18n/t.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { ListLink, type OnList } from './list-link.tsx';

type FiguresProps = { dashboard: Dashboard; onList: OnList };

/** How many there are of what is asked for most. */
export function Figures({ dashboard: { numbers }, onList }: FiguresProps) {
  const figure = (name: DashboardNumber, words: string) => (
    <ListLink className="dash-figure" rule={DASHBOARD_RULES[name]} onList={onList}>
      <span className="figure num">{countText(numbers[name])}</span>
      {words}
    </ListLink>
  );
  return (
    <section className="panel dash-figures" aria-label={t('Contacts and what waits')}>
      {figure('everybody', t('contacts', { count: numbers.everybody ?? 0 }))}
      {figure('newThisWeek', t('new in 7 days'))}
      {figure('newThisMonth', t('new in 30 days'))}
      {figure('customers', t('active customers', { count: numbers.customers ?? 0 }))}
      {figure('emergencies', t('emergencies', { count: numbers.emergencies ?? 0 }))}
      <Conversations />
      <TasksDue />
    </section>
  );
}

/** Who waits for an answer, and the open conversations they are among. */
function Conversations() {
  const { data } = useQuery('conversations.list', { filter: 'waiting', limit: 1 });
  const waiting = data?.waiting ?? 0;
  return (
    <Link to="/inbox" className="dash-figure" data-lit={waiting > 0 || undefined}>
      <span className="figure num">
        {waiting > 0 && <span className="lampdot" aria-hidden="true" />}
        {countText(data?.waiting ?? null)}
      </span>
      {t('of {{count}} open conversations wait', { count: data?.open ?? 0 })}
    </Link>
  );
}

/** What stands in My day as late or for today. */
function TasksDue() {
  const now = new Date(useNow());
  const midnight = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime();
  const { data } = useQuery('day.get', { todayAt: midnight(0), tomorrowAt: midnight(1) }, { keep: true });
  return (
    <Link to="/day" className="dash-figure">
      <span className="figure num">{countText(data ? data.late.length + data.today.length : null)}</span>
      {t('tasks due by tonight')}
    </Link>
  );
}

/** What contacts are expected to bring, the same by the chance of their stage, and what has come in. */
export function Revenue({ dashboard, currency, onList }: FiguresProps & { currency: string }) {
  const { expectedCents, weightedCents, actualCents, numbers } = dashboard;
  const figure = (name: DashboardNumber, cents: number | null, words: string, format = formatMoney) => (
    <ListLink className="dash-figure" rule={DASHBOARD_RULES[name]} onList={onList}>
      <span className="figure num">{cents === null ? '…' : format(cents, currency)}</span>
      <span>{words}</span>
      <span className="text-small text-ink-3">
        {numbers[name] === null ? '…' : t('{{count}} contacts', { count: numbers[name] })}
      </span>
    </ListLink>
  );
  return (
    <section className="panel dash-figures" data-money="" aria-label={t('Revenue')}>
      {figure('expecting', expectedCents, t('expected'))}
      {figure('inStages', weightedCents, t('expected, by the chance of each stage'), formatMoneyWhole)}
      {figure('paying', actualCents, t('has come in'))}
    </section>
  );
}

const countText = (count: number | null): string => (count === null ? '…' : formatCount(count));
