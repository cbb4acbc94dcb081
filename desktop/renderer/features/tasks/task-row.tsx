import { Link } from '@tanstack/react-router';
import { Check, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { TaskRow } from '../../../../shared/bridge/team-contract.ts';
import { formatDue, isLate } from '../../lib/format/format-due.ts';
import { formatFull } from '../../lib/format/format-time.ts';
import { t } from '../../lib/i18n/t.ts';
import { useIdentity, useMay } from '../../lib/use-identity.ts';
import { IconButton } from '../../ui/button.tsx';
import { SyncRing } from '../../ui/sync-ring.tsx';
import { draftOf } from './task-fields.ts';
import { TaskForm } from './task-form.tsx';
import { useTaskActs } from './use-task-acts.ts';

type TaskRowProps = {
  task: TaskRow;
  now: number;
  isCurrent?: boolean;
  /** On the contact's own page its name says nothing new. */
  withoutContact?: boolean;
};

/** One task, changed where it stands. */
export function TaskItem({ task, now, isCurrent = false, withoutContact = false }: TaskRowProps) {
  const mayChange = useMay('AGENT');
  const identity = useIdentity();
  const acts = useTaskActs();
  const [editing, setEditing] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) row.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const done = task.completedAt !== null;
  const due = task.dueAt === null ? null : { at: task.dueAt, allDay: task.allDay };
  const late = !done && due !== null && isLate(due, now);
  if (editing) {
    return (
      <li className="border-b border-line-hairline p-3 last:border-0">
        <TaskForm
          label={t('Change the task')}
          action={t('Save')}
          draft={draftOf(task)}
          onCancel={() => setEditing(false)}
          onSave={async (draft) => {
            const problem = await acts.change(task, draft);
            if (problem === null) setEditing(false);
            return problem;
          }}
        />
      </li>
    );
  }
  return (
    <li
      ref={row}
      className="task"
      data-card={task.id}
      data-late={late || undefined}
      data-done={done || undefined}
      tabIndex={-1}
      aria-current={isCurrent || undefined}
    >
      <button
        type="button"
        className="tick"
        data-act="done"
        aria-pressed={done}
        aria-label={t('Done: {{title}}', { title: task.title })}
        disabled={!mayChange}
        onClick={() => void acts.toggle(task)}
      >
        <Check size={12} strokeWidth={3} aria-hidden="true" />
      </button>
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <span className="what trunc" title={task.title}>
            {task.title}
          </span>
          <SyncRing pending={task.pending} refused={false} />
        </div>
        <div className="about">
          {late && <span className="sr-only">{t('Late')}</span>}
          {due && (
            <time className="due" title={formatFull(due.at)}>
              {formatDue(due, now)}
            </time>
          )}
          {!withoutContact && task.contactId && task.contactName && (
            <Link to="/contacts/$id" params={{ id: task.contactId }} className="hover:underline" data-act="contact">
              {task.contactName}
            </Link>
          )}
          {task.ownerId !== identity?.userId && <span>{task.ownerName ?? t('Nobody’s yet')}</span>}
          {task.body && (
            <span className="trunc max-w-[40ch]" title={task.body}>
              {task.body}
            </span>
          )}
        </div>
      </div>
      {mayChange && (
        <span className="note-tools flex">
          <IconButton
            size="sm"
            icon={Pencil}
            data-act="edit"
            label={t('Change “{{title}}”', { title: task.title })}
            onClick={() => setEditing(true)}
          />
          <IconButton
            size="sm"
            icon={Trash2}
            data-act="delete"
            label={t('Delete “{{title}}”', { title: task.title })}
            onClick={() => void acts.remove(task)}
          />
        </span>
      )}
    </li>
  );
}
