import { Link } from '@tanstack/react-router';
import type { TaskRow } from '../../../../shared/bridge/team-contract.ts';
import { formatCount } from '../../lib/format/format-count.ts';
import { formatWeekdayDate } from '../../lib/format/format-time.ts';
import { shortcutCaps } from '../../lib/actions/shortcut.ts';
import { t } from '../../lib/i18n/t.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NewTaskButton } from './new-task-button.tsx';
import { TaskItem } from './task-row.tsx';
import { UnreadableTasks } from './unreadable-tasks.tsx';
import { useTaskKeys } from './use-task-keys.ts';

const startOfDay = (at: number, days: number): number => {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
};

/** What today holds: who waits, what is late, what is due, and what comes. */
export function DayPage() {
  const now = useNow();
  const { data, error, refetch } = useQuery(
    'day.get',
    { todayAt: startOfDay(now, 0), tomorrowAt: startOfDay(now, 1) },
    { keep: true },
  );
  const parts = data
    ? [
        { title: t('Late'), rows: data.late },
        { title: t('Today'), rows: data.today },
        { title: t('Soon'), rows: data.soon },
        { title: t('Without a time'), rows: data.unscheduled },
      ].filter(({ rows }) => rows.length > 0)
    : [];
  const current = useTaskKeys(parts.flatMap(({ rows }) => rows));
  return (
    <>
      <header className="top">
        <h1>{t('My day')}</h1>
        <span className="wide text-small text-ink-3">{formatWeekdayDate(now)}</span>
        <NewTaskButton />
      </header>
      <div className="pane flex-1">
        {error && <UnreadableTasks onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={6} />}
        {data && (
          <div className="page-column grid gap-6">
            <Strip waiting={data.waiting} due={data.late.length + data.today.length} done={data.doneToday} />
            {parts.map((part) => (
              <DayPart key={part.title} {...part} now={now} current={current} />
            ))}
            {parts.length === 0 && (
              <EmptyState title={data.doneToday > 0 ? t('All done for today') : t('Nothing is planned')}>
                {data.waiting > 0
                  ? t('{{count}} people wait for an answer in the inbox.', { count: data.waiting })
                  : t('Write “Call Ada tomorrow 9” with {{key}} from anywhere, and it stands here on its day.', {
                      key: shortcutCaps('alt+t').join(' '),
                    })}
              </EmptyState>
            )}
          </div>
        )}
      </div>
    </>
  );
}

type StripProps = { waiting: number; due: number; done: number };

const Strip = ({ waiting, due, done }: StripProps) => (
  <div className="panel grid grid-cols-3 divide-x divide-line-hairline">
    <Link to="/inbox" className="day-figure" data-lit={waiting > 0 || undefined}>
      <span className="figure num">
        {waiting > 0 && <span className="lampdot" aria-hidden="true" />}
        {formatCount(waiting)}
      </span>
      {t('wait for an answer', { count: waiting })}
    </Link>
    <div className="day-figure">
      <span className="figure num">{formatCount(due)}</span>
      {t('due by tonight')}
    </div>
    <div className="day-figure">
      <span className="figure num">{formatCount(done)}</span>
      {t('done today')}
    </div>
  </div>
);

type PartProps = { title: string; rows: readonly TaskRow[]; now: number; current: string | null };

const DayPart = ({ title, rows, now, current }: PartProps) => (
  <section aria-label={title}>
    <h2 className="h-sect">
      {title} <span className="num">{formatCount(rows.length)}</span>
    </h2>
    <ul className="panel" aria-label={title}>
      {rows.map((task) => (
        <TaskItem key={task.id} task={task} now={now} isCurrent={current === task.id} />
      ))}
    </ul>
  </section>
);
