import type { TaskRow } from '../../../../shared/bridge/team-contract.ts';
import type { Due } from './read-due.ts';

/** A task as it is being written. */
export type TaskDraft = {
  title: string;
  due: Due | null;
  ownerId: string | null;
  remindAt: number | null;
  body: string;
};

export const draftOf = (task: TaskRow): TaskDraft => ({
  title: task.title,
  due: task.dueAt === null ? null : { at: task.dueAt, allDay: task.allDay },
  ownerId: task.ownerId,
  remindAt: task.remindAt,
  body: task.body ?? '',
});

/** The input of `tasks.create` and `tasks.update`. */
export const toFields = ({ title, due, ownerId, remindAt, body }: TaskDraft) => ({
  title: title.trim(),
  dueAt: due?.at ?? null,
  allDay: due?.allDay ?? false,
  ownerId,
  remindAt,
  body: body.trim() || null,
});

const pad = (value: number) => String(value).padStart(2, '0');

/** For a date input, in local time. */
export const toDateText = (at: number): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};

export const toClockText = ({ at, allDay }: Due): string =>
  allDay ? '' : `${pad(new Date(at).getHours())}:${pad(new Date(at).getMinutes())}`;

/** What a date and a time of two inputs mean; no date means no due time. */
export function toDue(date: string, clock: string): Due | null {
  const [year, month, day] = date.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined || Number.isNaN(year + month + day)) return null;
  const [hours, minutes] = clock.split(':').map(Number);
  if (clock === '' || hours === undefined || minutes === undefined)
    return { at: new Date(year, month - 1, day).getTime(), allDay: true };
  return { at: new Date(year, month - 1, day, hours, minutes).getTime(), allDay: false };
}
