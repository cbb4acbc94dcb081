import type { InvitationOffer } from '../auth/auth-requests.ts';
import type { InputNamed, OnlineName, OutputNamed } from '../catalog/operations.ts';
import type { SyncedTableName } from '../catalog/synced-tables.ts';
import type { NotificationKind, Notification } from '../notifications/notification.ts';
import type { NotificationPreferences } from '../notifications/notification-preferences.ts';
import type { AdminItem, OwnItem } from '../people/own-item.ts';
import type { Task } from '../tasks/task.ts';
import type { WorkspaceItem } from '../workspace/workspace-item.ts';

type NoArgs = Record<never, never>;

/** A task with what a list shows of it. `pending`: not yet at the server. Names are null for who is gone. */
export type TaskRow = Task & { contactName: string | null; ownerName: string | null; pending: boolean };

export type TaskFilter = {
  /** `mine`: owned by who is signed in. */
  whose: 'mine' | 'everyone' | 'nobody';
  state: 'open' | 'done';
  contactId?: string;
  conversationId?: string;
};

/** A notification with the names its sentence needs. */
export type NotificationRow = Notification & {
  contactName: string | null;
  taskTitle: string | null;
  /** Its conversation is muted: it counts, but makes no banner. */
  muted: boolean;
  pending: boolean;
};

/** What somebody did, as the server keeps it. What is not there yet is in the outbox, and is taken back from there. */
export type ActRow = {
  id: string;
  userId: string;
  userName: string | null;
  mine: boolean;
  deviceName: string | null;
  action: string;
  entity: string;
  entityId: string | null;
  contactId: string | null;
  contactName: string | null;
  records: number;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** In words, like the outbox: "Company of Ada Lovelace". */
  title: string;
  /** Whether who is signed in may take it back now. */
  mayUndo: boolean;
  /** The act that takes it back, where it is small enough to be here. */
  inverse: { name: string; input: Record<string, unknown> } | null;
  undoneAt: number | null;
  at: number;
};

export type ActFilter = {
  userId?: string;
  /** A feature: `contacts`, `tasks`. */
  area?: string;
  contactId?: string;
  from?: number;
  to?: number;
  search?: string;
};

/** Where a text was found: the words around it, for people, with the place of the match. */
export type Excerpt = { text: string; from: number; to: number };

/** Reads of everything around the work itself, answered from the replica. */
export type TeamQueries = {
  'workspace.get': { args: NoArgs; result: WorkspaceItem<'tenant'> | null };
  'profile.get': { args: NoArgs; result: WorkspaceItem<'member'> | null };
  /** Own devices, or everybody's for administrators (`whose: 'all'`). The device that asks has `current`. */
  'devices.list': {
    args: { whose: 'own' | 'all' };
    result: (OwnItem<'device'> & { current: boolean; userName: string | null })[];
  };
  /** `outlives`: a token of the workspace whose maker is no member any more (`left`), or no administrator (`role`). It works on. */
  'tokens.list': {
    args: { whose: 'own' | 'all' };
    result: (OwnItem<'token'> & { userName: string | null; outlives: 'left' | 'role' | null })[];
  };
  'invitations.list': { args: NoArgs; result: (AdminItem<'invitation'> & { invitedBy: string | null })[] };
  'exports.list': { args: NoArgs; result: AdminItem<'data_export'>[] };
  'integrations.list': { args: NoArgs; result: AdminItem<'integration'>[] };
  'secondFactor.get': { args: NoArgs; result: OwnItem<'second_factor'> | null };
  'seen.get': { args: NoArgs; result: string[] };
  /** Open: earliest due first, those without a time last. Done: newest first. `total` counts all that match. */
  'tasks.list': { args: { filter: TaskFilter; limit: number }; result: { rows: TaskRow[]; total: number } };
  'tasks.get': { args: { id: string }; result: TaskRow | null };
  /** Own open tasks by when they are due. Bounds are instants in the person's zone: the start of today and of tomorrow. */
  'day.get': {
    args: { todayAt: number; tomorrowAt: number };
    result: {
      late: TaskRow[];
      today: TaskRow[];
      soon: TaskRow[];
      unscheduled: TaskRow[];
      doneToday: number;
      waiting: number;
    };
  };
  /** Newest first. `unread` counts all unread ones whatever the filter. */
  'notifications.list': {
    args: { status: 'unread' | 'all' | 'archived'; kinds?: NotificationKind[]; limit: number };
    result: { rows: NotificationRow[]; unread: number; more: boolean };
  };
  'notifications.unread': { args: NoArgs; result: { count: number; contactIds: string[] } };
  /** Every id that a filter matches, for acts on all of them. */
  'notifications.ids': {
    args: { status: 'unread' | 'all' | 'archived'; kinds?: NotificationKind[] };
    result: string[];
  };
  'notifications.preferences': { args: NoArgs; result: NotificationPreferences };
  'mutes.list': { args: NoArgs; result: OwnItem<'mute'>[] };
  /**
   * Newest first. `from` is how far back this computer's copy goes. A search looks through so many for each hundred of `limit`, so `more`
   * means that there may be more: a larger `limit` looks further.
   */
  'acts.list': {
    args: { filter: ActFilter; limit: number };
    result: { rows: ActRow[]; more: boolean; from: number | null; denied: boolean };
  };
};

/** The place of an act in the order of the activity. */
export type ActKey = { at: number; rid: number };

/** Acts that need the server at once besides sign-in, and what is read step by step. */
export type TeamActs = {
  /** The second step of a sign-in that asked for it. */
  'session.secondFactor': { args: { challenge: string; code: string }; result: null };
  /** A sign-in or an invitation whose workspace asks for a second factor: a secret first, then a code of it lets in. */
  'session.beginEnrolment': { args: { challenge: string }; result: { secret: string; uri: string } };
  'session.confirmEnrolment': { args: { challenge: string; code: string }; result: { recoveryCodes: string[] } };
  'session.invitation': { args: { token: string }; result: InvitationOffer };
  'session.acceptInvitation': { args: { token: string; name: string; password: string }; result: null };
  'session.forgotPassword': { args: { email: string }; result: null };
  'session.resetPassword': { args: { token: string; newPassword: string }; result: null };
  /**
   * The activity from here on, newest first, for files: one step of at most 1,000 matching rows and 10,000 looked through, however much
   * there is. `next` is where the step after it begins, null at the end; `from` is the oldest act there is, so that whoever asks step by
   * step can say how far they are. A file ends at `MOST_ACTS_IN_FILE`.
   */
  'acts.page': {
    args: { filter: ActFilter; after: ActKey | null };
    result: { rows: ActRow[]; next: ActKey | null; from: number | null };
  };
};

/** An operation that is asked of the server at once. Offline it fails with `unavailable`, and nothing is queued. */
export type OnlineCall = { [N in OnlineName]: { name: N; input: InputNamed<N> } }[OnlineName];
export type OnlineResult<N extends OnlineName> = OutputNamed<N>;

/** Which tables each of them reads. */
export const TEAM_QUERY_READS = {
  'workspace.get': ['workspace_items'],
  'profile.get': ['workspace_items'],
  'devices.list': ['own_items', 'admin_items', 'workspace_items'],
  'tokens.list': ['own_items', 'admin_items', 'workspace_items'],
  'invitations.list': ['admin_items', 'workspace_items'],
  'exports.list': ['admin_items'],
  'integrations.list': ['admin_items'],
  'secondFactor.get': ['own_items'],
  'seen.get': ['own_items'],
  'tasks.list': ['tasks', 'contacts', 'workspace_items', 'outbox'],
  'tasks.get': ['tasks', 'contacts', 'workspace_items', 'outbox'],
  'day.get': ['tasks', 'contacts', 'conversations', 'workspace_items', 'outbox'],
  'notifications.list': ['notifications', 'contacts', 'tasks', 'own_items', 'outbox'],
  'notifications.unread': ['notifications'],
  'notifications.ids': ['notifications'],
  'notifications.preferences': ['own_items'],
  'mutes.list': ['own_items'],
  'acts.list': ['acts', 'contacts', 'workspace_items', 'outbox'],
} as const satisfies Record<keyof TeamQueries, readonly (SyncedTableName | 'outbox')[]>;
