import { CalendarClock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatDue } from '../../lib/format/format-due.ts';
import { t } from '../../lib/i18n/t.ts';
import { useIdentity } from '../../lib/use-identity.ts';
import { useOnce } from '../../lib/operations/use-once.ts';
import { useNow } from '../../lib/use-now.ts';
import { useQuery } from '../../lib/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { DiscardQuestion } from '../../ui/controls/writing-modal.tsx';
import { AreaField, FieldError, SelectField, TextField } from '../../ui/field.tsx';
import { readTask } from './read-due.ts';
import { toClockText, toDateText, toDue, type TaskDraft } from './task-fields.ts';

type TaskFormProps = {
  draft: TaskDraft;
  action: string;
  label: string;
  /** Reads "tomorrow 9" out of the title while it is typed. */
  reading?: boolean;
  /** What it is about, in words. */
  about?: string | null;
  /** Null when it was saved, else what is wrong. */
  onSave: (draft: TaskDraft) => Promise<string | null>;
  onCancel: () => void;
  /** In a dialog, which asks by itself before it closes: told whether something was typed. */
  onTyped?: (typed: boolean) => void;
};

const MINUTES_BEFORE = [0, 10, 30, 60, 24 * 60];

/** One task: what, when, who, and a note. What is read out of the text is shown before anything is saved. */
export function TaskForm({
  draft: given,
  action,
  label,
  reading = false,
  about,
  onSave,
  onCancel,
  onTyped,
}: TaskFormProps) {
  const [draft, setDraft] = useState(given);
  const [byHand, setByHand] = useState(!reading);
  const [error, setError] = useState<string | undefined>();
  const { busy, once } = useOnce();
  const [leaving, setLeaving] = useState(false);
  const typed = JSON.stringify(draft) !== JSON.stringify(given);
  useEffect(() => onTyped?.(typed), [onTyped, typed]);
  const now = useNow();
  const read = byHand ? null : readTask(draft.title, now);
  const due = read ? read.due : draft.due;
  const set = (change: Partial<TaskDraft>) => {
    setError(undefined);
    setDraft({ ...draft, ...change });
  };
  const save = async () => {
    const whole = { ...draft, title: read ? read.title : draft.title, due };
    if (whole.title.trim() === '') return setError(t('A task needs a title'));
    const problem = await onSave({ ...whole, remindAt: keepReminder(whole) });
    return problem === null ? undefined : setError(problem);
  };
  const setDue = (date: string, clock: string) => {
    setByHand(true);
    set({ due: toDue(date, clock), ...(read ? { title: read.title } : {}) });
  };
  return (
    <>
      <form
        noValidate
        className="grid gap-3"
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !onTyped) {
            event.stopPropagation();
            if (typed) setLeaving(true);
            else onCancel();
          }
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void once(save);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          void once(save);
        }}
      >
        <TextField
          label={t('What is to be done')}
          autoFocus
          size="lg"
          placeholder={reading ? t('Call about the quote tomorrow 9') : undefined}
          value={draft.title}
          maxLength={300}
          onChange={(event) => set({ title: event.target.value })}
        />
        {!byHand && (
          <p role="status" className="flex min-h-5 items-center gap-1.5 text-small text-ink-2">
            <CalendarClock size={14} aria-hidden="true" className="text-ink-3" />
            {due
              ? t('Due {{when}}', { when: formatDue(due, now) })
              : t('No time yet. End with “tomorrow 9” or choose one.')}
          </p>
        )}
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          <TextField
            label={t('Day')}
            type="date"
            value={due ? toDateText(due.at) : ''}
            onChange={(event) => setDue(event.target.value, due ? toClockText(due) : '')}
          />
          <TextField
            label={t('Time')}
            type="time"
            disabled={due === null}
            value={due ? toClockText(due) : ''}
            onChange={(event) => due && setDue(toDateText(due.at), event.target.value)}
          />
          <OwnerField ownerId={draft.ownerId} onChange={(ownerId) => set({ ownerId })} />
          <ReminderField draft={{ ...draft, due }} onChange={(remindAt) => set({ remindAt })} />
        </div>
        <AreaField label={t('Note')} value={draft.body} onChange={(event) => set({ body: event.target.value })} />
        {about && <p className="text-small text-ink-2">{t('About {{name}}', { name: about })}</p>}
        {error && <FieldError message={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onCancel}>{t('Cancel')}</Button>
          <Button look="primary" type="submit" shortcut="mod+enter" disabled={busy}>
            {action}
          </Button>
        </div>
      </form>
      <DiscardQuestion open={leaving} onOpenChange={setLeaving} onDiscard={onCancel} />
    </>
  );
}

/** A reminder is of a due time, so without one there is none. */
const keepReminder = ({ due, remindAt }: TaskDraft): number | null => (due === null ? null : remindAt);

function OwnerField({ ownerId, onChange }: { ownerId: string | null; onChange: (ownerId: string | null) => void }) {
  const identity = useIdentity();
  const { data: members = [] } = useQuery('members.list', {});
  const others = members.filter((member) => member.active && member.id !== identity?.userId);
  return (
    <SelectField label={t('Whose')} value={ownerId ?? ''} onChange={(event) => onChange(event.target.value || null)}>
      {identity && <option value={identity.userId}>{t('Yours', { context: 'task' })}</option>}
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      <option value="">{t('Nobody’s yet')}</option>
    </SelectField>
  );
}

function ReminderField({ draft, onChange }: { draft: TaskDraft; onChange: (remindAt: number | null) => void }) {
  const { due, remindAt } = draft;
  const before = due && remindAt !== null ? Math.round((due.at - remindAt) / 60_000) : null;
  const choices = before === null || MINUTES_BEFORE.includes(before) ? MINUTES_BEFORE : [...MINUTES_BEFORE, before];
  return (
    <SelectField
      label={t('Reminder')}
      disabled={due === null}
      value={before === null ? '' : String(before)}
      onChange={(event) =>
        onChange(event.target.value === '' || !due ? null : due.at - Number(event.target.value) * 60_000)
      }
    >
      <option value="">{t('None')}</option>
      {choices.map((minutes) => (
        <option key={minutes} value={minutes}>
          {beforeWords(minutes)}
        </option>
      ))}
    </SelectField>
  );
}

const beforeWords = (minutes: number): string =>
  minutes === 0
    ? t('When it is due')
    : minutes < 60
      ? t('{{count}} minutes before', { count: minutes })
      : minutes < 24 * 60
        ? t('{{count}} hours before', { count: Math.round(minutes / 60) })
        : t('{{count}} days before', { count: Math.round(minutes / (24 * 60)) });
