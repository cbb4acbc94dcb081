import { useState } from 'react';
import type { TaskFilter, TaskRow } from '../../../../shared/bridge/team-contract.ts';
import { shortcutCaps } from '../../lib/actions/shortcut.ts';
import { t } from '../../lib/i18n/t.ts';
import { useIdentity } from '../../lib/use-identity.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NewTaskButton } from './new-task-button.tsx';
import { TaskItem } from './task-row.tsx';
import { UnreadableTasks } from './unreadable-tasks.tsx';
import { useTaskKeys } from './use-task-keys.ts';

const PAGE = 100;

/** Every task, the earliest due first. With an id, from a search or a notification: the list that holds that one, at its place. */
export function TasksPage({ id = null }: { id?: string | null }) {
  const { data: sought, error } = useQuery('tasks.get', { id: id ?? '' }, { enabled: id !== null });
  if (id === null) return <TaskLists key="all" sought={null} isGone={false} />;
  if (sought === undefined && !error) return null;
  return <TaskLists key={id} sought={sought ?? null} isGone={sought === null} />;
}

function TaskLists({ sought, isGone }: { sought: TaskRow | null; isGone: boolean }) {
  const identity = useIdentity();
  const [whose, setWhose] = useState<TaskFilter['whose']>(() => whoseOf(sought, identity?.userId));
  const [state, setState] = useState<TaskFilter['state']>(sought?.completedAt == null ? 'open' : 'done');
  const [limit, setLimit] = useState(PAGE);
  const [moved, setMoved] = useState(false);
  const { data, error, refetch } = useQuery('tasks.list', { filter: { whose, state }, limit }, { keep: true });
  const now = useNow();
  const rows = data?.rows ?? [];
  // far down a long list, or done a moment ago: it stays in sight by itself
  const apart = sought && data && !moved && !rows.some(({ id }) => id === sought.id) ? [sought] : [];
  const current = useTaskKeys([...apart, ...rows], sought?.id);
  const move =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setMoved(true);
      setLimit(PAGE);
    };
  return (
    <>
      <header className="top">
        <h1>{t('Tasks')}</h1>
        <span className="wide num text-small text-ink-3">{data && t('{{count}} tasks', { count: data.total })}</span>
        <NewTaskButton />
      </header>
      <div className="sentence flex-wrap">
        <Segmented
          label={t('Whose tasks')}
          value={whose}
          onChoose={move(setWhose)}
          segments={[
            { value: 'mine', label: t('Yours', { context: 'tasks' }) },
            { value: 'everyone', label: t('Everybody’s') },
            { value: 'nobody', label: t('Nobody’s yet') },
          ]}
        />
        <Segmented
          label={t('Open or done')}
          value={state}
          onChoose={move(setState)}
          segments={[
            { value: 'open', label: t('Open', { context: 'tasks' }) },
            { value: 'done', label: t('Done', { context: 'tasks' }) },
          ]}
        />
      </div>
      <div className="pane flex-1">
        {error && <UnreadableTasks onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={6} />}
        {isGone && !moved && (
          <p role="status" className="page-column text-small text-ink-2">
            {t('The task you looked for was deleted.')}
          </p>
        )}
        {data && rows.length === 0 && apart.length === 0 && <NoTasks whose={whose} state={state} />}
        {apart.length > 0 && (
          <div className="page-column">
            <ul className="panel" aria-label={t('The task you looked for')}>
              {apart.map((task) => (
                <TaskItem key={task.id} task={task} now={now} isCurrent={current === task.id} />
              ))}
            </ul>
          </div>
        )}
        {rows.length > 0 && (
          <div className="page-column">
            <ul className="panel" aria-label={t('Tasks')}>
              {rows.map((task) => (
                <TaskItem key={task.id} task={task} now={now} isCurrent={current === task.id} />
              ))}
            </ul>
            {data && data.total > rows.length && (
              <div className="mt-2 text-center">
                <Button size="sm" look="ghost" onClick={() => setLimit(limit + PAGE)}>
                  {t('More tasks')}
                </Button>
              </div>
            )}
          </div>
        )}
      </div>
    </>
  );
}

function whoseOf(task: TaskRow | null, me: string | undefined): TaskFilter['whose'] {
  if (task === null || task.ownerId === me) return 'mine';
  return task.ownerId === null ? 'nobody' : 'everyone';
}

function NoTasks({ whose, state }: { whose: TaskFilter['whose']; state: TaskFilter['state'] }) {
  if (state === 'done') return <EmptyState title={t('Nothing done yet')}>{t('Finished tasks rest here.')}</EmptyState>;
  return (
    <EmptyState title={whose === 'nobody' ? t('Every task is somebody’s') : t('No open tasks')}>
      {t('Write “Call Ada tomorrow 9” with {{key}} from anywhere, and it stands here until it is done.', {
        key: shortcutCaps('alt+t').join(' '),
      })}
    </EmptyState>
  );
}
