import type { Identity, SignInRequest, SignUpRequest } from '../auth/auth-requests.ts';
import type { HistoryEntry } from '../contacts/history-operations.ts';
import type { ColumnTarget } from '../imports/column-target.ts';
import type { ExportFormat, ExportParts, SalesforceObject } from '../exports/export-request.ts';
import type { ImportDraft } from '../imports/import-draft.ts';
import type { ImportKind } from '../imports/import-operations.ts';
import type { StatusChoice } from '../imports/import-setup.ts';
import type { Conversation } from '../inbox/message.ts';
import type { MetEntity, MetKind } from '../merges/met-change.ts';
import type { ErrorBody } from '../kernel/app-error.ts';
import type { WorkspaceItem } from '../workspace/workspace-item.ts';
import type { CommandName, InputNamed, OnlineName } from '../catalog/operations.ts';
import type { SyncedTableName } from '../catalog/synced-tables.ts';
import type { MessageDays } from '../workspace/message-days.ts';
import type { ProtocolRange } from '../protocol/protocol-version.ts';
import type { HostActs, HostEvent, HostQueries } from './host-contract.ts';
import {
  CONTACT_QUERY_READS,
  type ContactQueries,
  type ContactRow,
  type ContactView,
  type MessageRow,
} from './contacts-contract.ts';
import type { DuplicateCount, DuplicatePair, DuplicateScan } from './duplicates-contract.ts';
import { TEAM_QUERY_READS, type ActRow, type Excerpt, type TeamQueries } from './team-contract.ts';
import type { SyncInspection } from './sync-inspection.ts';
import type { OnlineCall, OnlineResult, TeamActs } from './team-contract.ts';

/**
 * Why sync stands still until somebody does something. Reading and writing go on, and nothing of it is lost.
 * `app-too-old`: no more data comes; what waits is still sent. `server-too-old`: both wait for the server's update.
 * `not-taken`: the server refuses every push of this device, in its own words; data still comes.
 */
export type Standstill =
  | { why: 'app-too-old' | 'server-too-old'; app: number; server: ProtocolRange }
  | { why: 'not-taken'; message: string };

/** Who is signed in on this profile. `locked` never happens for want of a network: the replica opens without a token. */
export type SessionState =
  | {
      status: 'signed-out';
      /** Writes that somebody left on this computer at sign-out, to be sent when they sign in again. */
      left: { email: string; pending: number }[];
      /** The workspace took this person out: its data is gone from this computer, what they had not sent is kept. */
      removed?: { email: string; tenantName: string; kept: number };
      /** Somebody asked for this computer to be wiped: its data, its key and what was not sent are gone. */
      wiped?: true;
    }
  | {
      status: 'signed-in';
      identity: Identity;
      deviceId: string;
      /** The server ended the session: sign in again to sync; work goes on. */ expired: boolean;
      /** Others who left writes on this computer before this person signed in; absent where nobody did. */
      left?: { email: string; pending: number }[];
    };

export type SyncState = {
  /** saved: nothing waits. waiting: on its way. offline: the server is out of reach. stuck: waiting over 10 minutes while online. */
  status: 'starting' | 'saved' | 'waiting' | 'offline' | 'stuck';
  /** Writes not yet confirmed, as people count them: an import is one. */
  pending: number;
  refused: number;
  /** When the server was last heard, epoch ms. */
  lastHeardAt: number | null;
  /** Since when it has been out of reach, epoch ms; null when online. */
  offlineSince: number | null;
  /** First sync still under way: how many rows are here. */
  firstSync: { rows: number } | null;
  /** Of when the data is: when the server last told its changes, also before a restart. Null when it never did. */
  dataAt: number | null;
  /** When the oldest change that waits was made. */
  oldestWaitingAt: number | null;
  /** What arrives cannot be written down until there is room; the server sends it again. */
  diskFull: boolean;
  /** Null while nothing stands in the way. */
  standstill: Standstill | null;
  /** What became of the data on this computer without a person asking, in words; null when nothing did. */
  notice: string | null;
};

export type ConversationRow = Conversation & {
  contact: Pick<ContactRow, 'id' | 'firstName' | 'lastName' | 'phone' | 'email' | 'leadScore'>;
  pending: boolean;
};

export type OutboxEntry = {
  writeId: string;
  name: CommandName;
  /** What it does, in words, with the contact's name: "Company of Ada Lovelace". */
  title: string;
  input: unknown;
  contactId: string | null;
  madeAt: number;
  state: 'queued' | 'sent' | 'accepted' | 'refused';
  /** For refused ones: the reason in words; `because` is set when it was held with another refused write. */
  refusal: { code: string; message: string; details?: Record<string, unknown>; because: string | null } | null;
  /** For refused field edits: field → what the replica shows now (theirs). `input` has yours. */
  current: Record<string, unknown> | null;
  /** A bulk act is one entry: how many records it is about and, where some of it was refused, how many. Null for others. */
  bulk: { records: number; refusedRecords: number; slices: number } | null;
};

/**
 * What is known on this computer of a contact's past. `entries` are what the server told when it was last asked (`keptAt`, null: never),
 * `more` says that more of them are here than were asked for, `older` that the server has earlier ones than are here. `acts` are what
 * members did since, or what no entry tells of; `waiting` what has not reached the server. `settled` holds, by field, what the server has
 * where a waiting write shows something else.
 */
export type ContactHistory = {
  entries: HistoryEntry[];
  more: boolean;
  older: boolean;
  keptAt: number | null;
  acts: ActRow[];
  waiting: OutboxEntry[];
  settled: Record<string, unknown>;
};

/** Two changes of one record that met at the server. Names are null for people who are gone and for the server itself. */
export type MeetingRow = {
  id: string;
  entity: MetEntity;
  entityId: string;
  contactId: string;
  contactName: string;
  /** merged: different fields, both stand. overwritten: of some fields `mine`, the later arrival, shows. */
  kind: MetKind;
  mine: Record<string, unknown>;
  theirs: Record<string, unknown>;
  /** The fields of both sides: what a restore sets again. */
  overwritten: string[];
  mineBy: string | null;
  /** By the clock of the device that wrote it. */
  mineMadeAt: number;
  theirsBy: string | null;
  theirsAt: number;
  createdAt: number;
  resolvedAt: number | null;
  resolvedBy: string | null;
  /** Settled here, not yet at the server. */
  pending: boolean;
};

export type SearchKind = 'contact' | 'conversation' | 'message' | 'note' | 'task';

/** Where a message that matches is: the words around the match, by whom and when. */
export type MessageFound = {
  messageId: string;
  conversationId: string;
  contactId: string;
  contactName: string | null;
  channel: string;
  direction: string;
  at: number;
  excerpt: Excerpt;
};

/**
 * What a search found. A conversation is told by its newest message that matches, the other matching ones as messages.
 * A name is null where the contact has none or has not arrived yet. A task's `excerpt` is of its text where its title alone does not match.
 */
export type SearchHit =
  | { kind: 'contact'; contact: ContactRow }
  | ({ kind: 'conversation' | 'message' } & MessageFound)
  | { kind: 'note'; id: string; contactId: string; contactName: string | null; at: number; excerpt: Excerpt }
  | {
      kind: 'task';
      id: string;
      title: string;
      contactId: string | null;
      contactName: string | null;
      dueAt: number | null;
      done: boolean;
      at: number;
      excerpt: Excerpt;
    };

/** Reads, answered from the replica alone. `reads` below names the tables each one looks at. */
export type Queries = HostQueries &
  ContactQueries &
  TeamQueries & {
    'session.get': { args: Record<never, never>; result: SessionState };
    'sync.get': { args: Record<never, never>; result: SyncState };
    'conversations.list': {
      args: { filter: 'waiting' | 'open' | 'done'; limit: number };
      result: { rows: ConversationRow[]; waiting: number; open: number };
    };
    'conversations.get': { args: { id: string }; result: ConversationRow | null };
    /**
     * Oldest first, the newest `limit` of them: those that are replicated and older ones fetched before.
     * `more`: earlier ones are here. `older`: the server may have earlier ones than this computer keeps.
     */
    'messages.list': {
      args: { conversationId: string; limit: number };
      result: { rows: MessageRow[]; more: boolean; older: boolean };
    };
    /** The oldest 500 of those that are refused, then the oldest 500 of those that wait. */
    'outbox.list': { args: Record<never, never>; result: OutboxEntry[] };
    /** What is known here of a contact's past, newest first. */
    'history.list': { args: { contactId: string; limit: number }; result: ContactHistory };
    /**
     * Looks for contacts that may be one person, a slice with each question: ask again while `share` is below 1. `pairs` are the surest
     * of those nobody has said are two, `total` how many there are.
     */
    'duplicates.scan': { args: { limit: number }; result: DuplicateScan };
    'duplicates.count': { args: Record<string, never>; result: DuplicateCount };
    /** Two contacts side by side, and what a merge into `keepId` moves. Null where one of them is gone. */
    'duplicates.pair': { args: { keepId: string; mergeId: string }; result: DuplicatePair | null };
    /** Newest first: those that nobody has settled, or the settled ones; of one contact where one is named. */
    'merges.list': {
      args: { settled: boolean; contactId?: string; limit: number };
      result: { rows: MeetingRow[]; open: number; more: boolean; denied: boolean };
    };
    'sync.inspect': { args: Record<never, never>; result: SyncInspection };
    'members.list': { args: Record<never, never>; result: WorkspaceItem<'member'>[] };
    'phoneNumbers.list': { args: Record<never, never>; result: WorkspaceItem<'phone_number'>[] };
    'imports.list': { args: Record<never, never>; result: (WorkspaceItem<'import_job'> & { waitingParts: number })[] };
    'imports.draft': { args: { id: string }; result: ImportDraft | null };
    /**
     * At most `limit` of each kind, all kinds unless some are named. Contacts by name first, then the newest.
     * `building`: some texts cannot be found yet, because this computer is still reading them.
     */
    'search.everywhere': {
      args: { text: string; limit: number; kinds?: SearchKind[] };
      result: { hits: SearchHit[]; searched: number; building: boolean; tookMs: number };
    };
  };

/** Whom a file holds. */
export type ExportedPeople = { view: ContactView; except: string[] } | { ids: string[] };

/** Acts that are not operations: they concern this device alone, or need the server at once. */
export type Acts = TeamActs & {
  /** Asks the server at once and answers what it answered. Offline it fails with `unavailable`, and nothing is queued. */
  online: { args: OnlineCall; result: OnlineResult<OnlineName> };
  'session.signIn': { args: Omit<SignInRequest, 'deviceId' | 'deviceName'>; result: SessionState };
  'session.signUp': { args: Omit<SignUpRequest, 'deviceId' | 'deviceName'>; result: SessionState };
  /** `keep` leaves unsent writes on this computer for the next sign-in, `discard` throws them away. */
  'session.signOut': { args: { unsent: 'keep' | 'discard' }; result: SessionState };
  'sync.tryNow': { args: Record<never, never>; result: null };
  /** Fetches everything anew into a new replica, which keeps every unsent and refused write, the marks and the settings. */
  'sync.rebuild': { args: Record<never, never>; result: null };
  'sync.dismissNotice': { args: Record<never, never>; result: null };
  /** What this computer keeps. Absent stays as it is. */
  'storage.choose': { args: { messageDays?: MessageDays; quotaBytes?: number | null }; result: null };
  /** Messages before those that are here, from the server, kept from then on. `more`: there are still earlier ones. */
  'messages.fetchOlder': { args: { conversationId: string }; result: { fetched: number; more: boolean } };
  /** Somebody reads far back: the older messages of this conversation are among the last to go when room is short. */
  'messages.readBack': { args: { conversationId: string }; result: null };
  /**
   * What the server knows of a contact's past: what is new since it was last asked, or with `older` the page before what is kept.
   * It is kept on this computer. `more`: the server has still earlier ones.
   */
  'history.fetch': { args: { contactId: string; older: boolean }; result: { fetched: number; more: boolean } };
  /** Queue a refused write again, as it was or with a changed input. */
  'outbox.retry': { args: { writeId: string; input?: unknown }; result: { writeId: string } };
  /**
   * Undoes an act of this computer, by the id its command answered: one that has not left is forgotten, one that was done is done the
   * other way round. `not_allowed_now` while it is on its way.
   */
  'outbox.takeBack': { args: { writeId: string }; result: null };
  /** Forget a refused write, or take back one that has not left yet. */
  'outbox.discard': { args: { writeId: string }; result: null };
  /** Parts of the file in order, `bytes` base64, at most 1 MiB each. The first (offset 0, no id) answers the draft's id. */
  'imports.receiveFile': {
    args: { id: string | null; fileName: string; offset: number; bytes: string };
    result: { id: string };
  };
  /** Parse what was received, recognise the format, validate. */
  'imports.read': { args: { id: string }; result: ImportDraft };
  'imports.change': {
    args: {
      id: string;
      targets?: ColumnTarget[];
      defaultCountry?: string;
      duplicates?: ImportDraft['duplicates'];
      kind?: ImportKind;
      /** Replaces what was chosen for these words, and leaves the others. */
      statuses?: Record<string, StatusChoice>;
    };
    result: ImportDraft;
  };
  /** Every invalid row with number and reason, as CSV text. */
  'imports.problemsCsv': { args: { id: string }; result: string };
  /** Queue the valid rows for the server as one import job; the draft is gone. */
  'imports.commit': { args: { id: string }; result: { importId: string } };
  'imports.discard': { args: { id: string }; result: null };
  /**
   * Begins a file of contacts in the order of a list (but for some of it) or of these ids. Its bytes are asked for piece by piece; `name` and
   * `type` are the file's. Whoever stops asking ends it.
   */
  'contactFiles.begin': {
    args: { who: ExportedPeople; format: ExportFormat; include: ExportParts; object: SalesforceObject; bom: boolean };
    result: { id: string; contacts: number; name: string; type: string };
  };
  /** The next piece, base64. `share` of the work is done, 0 to 1; `over`: this was the last. */
  'contactFiles.next': { args: { id: string }; result: { bytes: string; share: number; over: boolean } };
  'contactFiles.end': { args: { id: string }; result: null };
};

/** A command: an operation applied to the replica now and pushed when the line is there. Ids that the input lacks are made. */
export type Command = {
  [N in CommandName]: { name: N; input: InputNamed<N> };
}[CommandName];

export type Methods = Queries &
  Acts &
  HostActs & { command: { args: Command; result: { writeId: string; id: string | null } } };
export type Method = keyof Methods;
export type ArgsOf<M extends Method> = Methods[M]['args'];
export type ResultOf<M extends Method> = Methods[M]['result'];

/** Nothing is thrown across the bridge. */
export type Reply<T> = { data: T } | { error: ErrorBody };

/** What the core tells every window. `changed` names the tables whose rows differ now, and by `ids` the rows where they are few: at once for a few rows, at most 10 times a second in a flood. */
export type Topics = {
  changed: { tables: (SyncedTableName | 'outbox')[]; ids?: Partial<Record<SyncedTableName, string[]>> };
  sync: SyncState;
  session: SessionState;
  host: HostEvent;
};
export type Topic = keyof Topics;

/** The whole bridge, the same in Electron (preload) and in the browser (WebSocket). */
export interface Bridge {
  call<M extends Method>(method: M, args: ArgsOf<M>): Promise<Reply<ResultOf<M>>>;
  subscribe<T extends Topic>(topic: T, listener: (payload: Topics[T]) => void): () => void;
}

/** Which tables a query reads: a change of one of them makes its answer old. `outbox` stands for pending marks. */
export const QUERY_READS = {
  'session.get': [],
  'host.get': [],
  'update.state': [],
  'accounts.list': [],
  'connection.get': [],
  'sync.get': [],
  ...CONTACT_QUERY_READS,
  'conversations.list': ['conversations', 'contacts', 'outbox'],
  'conversations.get': ['conversations', 'contacts', 'outbox'],
  'messages.list': ['messages', 'workspace_items', 'outbox'],
  'outbox.list': ['outbox'],
  'history.list': ['contacts', 'acts', 'workspace_items', 'outbox'],
  'duplicates.scan': ['contacts', 'workspace_items'],
  'duplicates.count': ['contacts', 'workspace_items'],
  'duplicates.pair': [
    'contacts',
    'contact_tags',
    'group_members',
    'notes',
    'conversations',
    'messages',
    'tasks',
    'outbox',
  ],
  'merges.list': ['met_changes', 'contacts', 'notes', 'workspace_items', 'outbox'],
  'sync.inspect': ['outbox'],
  'members.list': ['workspace_items'],
  'phoneNumbers.list': ['workspace_items'],
  'imports.list': ['workspace_items', 'outbox'],
  'imports.draft': [],
  'search.everywhere': [
    'contacts',
    'contact_tags',
    'conversations',
    'messages',
    'notes',
    'tasks',
    'workspace_items',
    'outbox',
  ],
  ...TEAM_QUERY_READS,
} as const satisfies Record<keyof Queries, readonly (SyncedTableName | 'outbox')[]>;

/** What one call may carry, as JSON: an act on four hundred thousand contacts, but not a file of its own size. */
export const MAX_CALL_CHARACTERS = 16_000_000;

/** Queries about one row of a table: its other rows may change without making the answer old. Table → the argument that names the row. */
export const QUERY_ROWS: { readonly [Q in keyof Queries]?: Partial<Record<SyncedTableName, keyof ArgsOf<Q>>> } = {
  'contacts.get': { contacts: 'id' },
  'conversations.get': { conversations: 'id' },
};
