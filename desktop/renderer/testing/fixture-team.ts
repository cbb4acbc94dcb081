import type { ArgsOf, ResultOf } from '../../../shared/bridge/bridge-contract.ts';
import type { ActRow, NotificationRow, TaskRow, TeamQueries } from '../../../shared/bridge/team-contract.ts';
import { contactDisplayName } from '../../../shared/contacts/contact.ts';
import { notificationPreferences } from '../../../shared/notifications/notification-preferences.ts';
import type { Notification } from '../../../shared/notifications/notification.ts';
import type { WorkspaceItem } from '../../../shared/workspace/workspace-item.ts';
import type { Task } from '../../../shared/tasks/task.ts';
import type { FixtureState } from './fixture-queries.ts';
import type { FixtureTables, Row } from './fixture-tables.ts';
import { ME } from './fixture-data.ts';

type TeamAnswers = { [Q in keyof TeamQueries]: (args: ArgsOf<Q>) => ResultOf<Q> };
type Item = Row & { kind: string; body: Record<string, unknown> };

const items = <T>(tables: FixtureTables, table: 'own_items' | 'admin_items' | 'workspace_items', kind: string): T[] =>
  tables
    .rows<Item>(table)
    .filter((row) => row.kind === kind)
    .map(({ id, body }) => ({ id, ...body }) as T);

/** Everything around the work itself, from the tables of the fixture. */
export function teamQueries({ tables, outbox, session }: FixtureState): TeamAnswers {
  const memberName = (id: string | null) =>
    items<{ id: string; name: string }>(tables, 'workspace_items', 'member').find((one) => one.id === id)?.name ?? null;
  const contactName = (id: string | null) => {
    const row = id === null ? undefined : tables.of('contacts').get(id);
    return row ? contactDisplayName({ firstName: null, lastName: null, phone: null, email: null, ...row }) : null;
  };
  const isPending = (id: string) => outbox.some((entry) => JSON.stringify(entry.input).includes(id));
  const tasks = () =>
    tables.rows<Task>('tasks').map((row): TaskRow => ({
      ...EMPTY_TASK,
      ...row,
      contactName: contactName(row.contactId ?? null),
      ownerName: memberName(row.ownerId ?? null),
      pending: isPending(row.id),
    }));
  const open = (rows: TaskRow[]) =>
    rows
      .filter(({ completedAt }) => completedAt === null)
      .toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity));
  const muted = (conversationId: string | null) =>
    items<{ conversationId: string; until: number | null }>(tables, 'own_items', 'mute').some(
      (mute) => mute.conversationId === conversationId && (mute.until === null || mute.until > Date.now()),
    );
  const notifications = ({ status, kinds }: { status: string; kinds?: string[] }) =>
    tables
      .rows<Notification>('notifications')
      .filter((row) => (status === 'all' ? row.status !== 'ARCHIVED' : row.status === status.toUpperCase()))
      .filter((row) => !kinds || kinds.includes(row.kind))
      .toSorted((a, b) => b.createdAt - a.createdAt);
  const unread = () => tables.rows<Notification>('notifications').filter(({ status }) => status === 'UNREAD');
  const withNames = <T extends { userId: string }>(rows: T[]) =>
    rows.map((row) => ({ ...row, userName: memberName(row.userId) }));
  return {
    'workspace.get': () => items<never>(tables, 'workspace_items', 'tenant')[0] ?? null,
    'profile.get': () =>
      items<WorkspaceItem<'member'>>(tables, 'workspace_items', 'member').find(({ id }) => id === ME) ?? null,
    'devices.list': ({ whose }) =>
      withNames(
        items<ResultOf<'devices.list'>[number]>(tables, whose === 'own' ? 'own_items' : 'admin_items', 'device'),
      )
        .map((device) => ({
          ...device,
          current: session.status === 'signed-in' && device.deviceId === session.deviceId,
        }))
        .toSorted((a, b) => Number(b.current) - Number(a.current)),
    'tokens.list': ({ whose }) =>
      withNames(
        items<ResultOf<'tokens.list'>[number]>(tables, whose === 'own' ? 'own_items' : 'admin_items', 'token'),
      ).map((token) => ({ ...token, outlives: token.outlives ?? null })),
    'invitations.list': () =>
      items<ResultOf<'invitations.list'>[number]>(tables, 'admin_items', 'invitation').map((row) => ({
        ...row,
        invitedBy: memberName(row.invitedById),
      })),
    'exports.list': () => items(tables, 'admin_items', 'data_export'),
    'integrations.list': () => items(tables, 'admin_items', 'integration'),
    'secondFactor.get': () => items<never>(tables, 'own_items', 'second_factor')[0] ?? null,
    'seen.get': () => items<{ what: string[] }>(tables, 'own_items', 'seen')[0]?.what ?? [],
    'tasks.list': ({ filter, limit }) => {
      const { whose, state, contactId, conversationId } = filter;
      const matching = tasks()
        .filter((row) => whose === 'everyone' || row.ownerId === (whose === 'mine' ? ME : null))
        .filter((row) => contactId === undefined || row.contactId === contactId)
        .filter((row) => conversationId === undefined || row.conversationId === conversationId);
      const rows = state === 'open' ? open(matching) : matching.filter(({ completedAt }) => completedAt !== null);
      return { rows: rows.slice(0, limit), total: rows.length };
    },
    'tasks.get': ({ id }) => tasks().find((row) => row.id === id) ?? null,
    'day.get': ({ todayAt, tomorrowAt }) => {
      const all = tasks();
      const mine = open(all.filter(({ ownerId }) => ownerId === ME));
      const due = (from: number, to: number) =>
        mine.filter(({ dueAt }) => dueAt !== null && dueAt >= from && dueAt < to);
      return {
        late: due(0, todayAt),
        today: due(todayAt, tomorrowAt),
        soon: due(tomorrowAt, Infinity),
        unscheduled: mine.filter(({ dueAt }) => dueAt === null),
        doneToday: all.filter(({ completedAt }) => completedAt !== null && completedAt >= todayAt).length,
        waiting: tables.rows('conversations').filter((row) => row['waitingSince'] !== null).length,
      };
    },
    'notifications.list': (args) => {
      const rows = notifications(args);
      return {
        rows: rows.slice(0, args.limit).map((row): NotificationRow => ({
          ...row,
          contactName: contactName(row.contactId),
          taskTitle: row.taskId === null ? null : ((tables.of('tasks').get(row.taskId)?.['title'] as string) ?? null),
          muted: muted(row.conversationId),
          pending: isPending(row.id),
        })),
        unread: unread().length,
        more: rows.length > args.limit,
      };
    },
    'notifications.unread': () => ({
      count: unread().length,
      contactIds: unread().flatMap(({ contactId }) => contactId ?? []),
    }),
    'notifications.ids': (args) => notifications(args).map(({ id }) => id),
    'notifications.preferences': () =>
      notificationPreferences.parse(items<object>(tables, 'own_items', 'notification_preferences')[0] ?? {}),
    'mutes.list': () => items(tables, 'own_items', 'mute'),
    'acts.list': ({ filter, limit }) => {
      const rows = tables
        .rows<StoredAct>('acts')
        .toSorted((a, b) => b.at - a.at)
        .map((act) => toActRow(act, memberName, contactName))
        .filter((row) => filter.userId === undefined || row.userId === filter.userId)
        .filter((row) => filter.area === undefined || row.action.startsWith(`${filter.area}.`))
        .filter((row) => filter.contactId === undefined || row.contactId === filter.contactId)
        .filter((row) => row.at >= (filter.from ?? 0) && row.at < (filter.to ?? Infinity))
        .filter((row) => `${row.title} ${row.userName}`.toLowerCase().includes((filter.search ?? '').toLowerCase()));
      return { rows: rows.slice(0, limit), more: rows.length > limit, from: rows.at(-1)?.at ?? null, denied: false };
    },
  };
}

const EMPTY_TASK = {
  body: null,
  dueAt: null,
  allDay: false,
  remindAt: null,
  ownerId: null,
  contactId: null,
  conversationId: null,
  createdById: null,
  completedAt: null,
  completedById: null,
};

type StoredAct = Omit<ActRow, 'inverse' | 'title'> & { undo: ActRow['inverse']; undoable: boolean };

const toActRow = (
  { undo, undoable, ...act }: StoredAct,
  memberName: (id: string | null) => string | null,
  contactName: (id: string | null) => string | null,
): ActRow => ({
  ...act,
  userName: memberName(act.userId),
  contactName: contactName(act.contactId),
  mine: act.userId === ME,
  mayUndo: undoable && act.undoneAt === null,
  inverse: undo,
  title: TITLES[act.action] ?? `${contactName(act.contactId) ?? 'a contact that is gone'} edited`,
});

const TITLES: Readonly<Record<string, string>> = {
  'contacts.addTags': 'Tags Heat pump added to 1,200 contacts',
  'tasks.complete': 'Task done',
  'workspace.update': 'Settings of the workspace changed',
};
