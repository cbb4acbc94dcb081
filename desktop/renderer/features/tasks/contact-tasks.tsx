import { Plus } from 'lucide-react';
import { formatCount } from '../../lib/format/format-count.ts';
import { t } from '../../lib/i18n/t.ts';
import { useQuickTask } from '../../lib/quick-task.tsx';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { useRoleReason } from '../../lib/operations/use-reasons.ts';
import { ReasonButton } from '../../ui/controls/reason-button.tsx';
import { TaskItem } from './task-row.tsx';
import { UnreadableTasks } from './unreadable-tasks.tsx';

type ContactTasksProps = {
  contactId: string;
  contactName: string;
  /** Open ones alone, a few of them. */
  brief?: boolean;
};

/** What is to be done for one contact. */
export function ContactTasks({ contactId, contactName, brief = false }: ContactTasksProps) {
  const limit = brief ? 5 : 200;
  const read = useQuery('tasks.list', { filter: { whose: 'everyone', state: 'open', contactId }, limit });
  const open = read.data;
  const { data: done } = useQuery(
    'tasks.list',
    { filter: { whose: 'everyone', state: 'done', contactId }, limit: 50 },
    { enabled: !brief },
  );
  const { ask } = useQuickTask();
  const reason = useRoleReason('AGENT');
  const now = useNow();
  if (!open) return read.error && <UnreadableTasks onRetry={() => void read.refetch()} />;
  return (
    <>
      <div className="h-sect">
        <h2 className="font-medium">{t('Tasks')}</h2>
        {open.total > 0 && <span className="num">{formatCount(open.total)}</span>}
        <span className="ms-auto">
          <ReasonButton
            reason={reason}
            size="sm"
            look="ghost"
            icon={Plus}
            onClick={() => ask({ contactId, contactName })}
          >
            {t('Task', { context: 'new' })}
          </ReasonButton>
        </span>
      </div>
      {open.rows.length === 0 && <p className="text-small text-ink-3">{t('Nothing is to be done.')}</p>}
      {open.rows.length > 0 && (
        <ul className={brief ? '-mx-3' : 'panel'} aria-label={t('Open tasks')}>
          {open.rows.map((task) => (
            <TaskItem key={task.id} task={task} now={now} withoutContact />
          ))}
        </ul>
      )}
      {done && done.rows.length > 0 && (
        <section aria-label={t('Done', { context: 'tasks' })} className="mt-5">
          <h3 className="h-sect">{t('Done', { context: 'tasks' })}</h3>
          <ul className="panel">
            {done.rows.map((task) => (
              <TaskItem key={task.id} task={task} now={now} withoutContact />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
