import type { ContactFields, Sentiment } from '../contacts/contact.ts';
import type { Message } from '../inbox/message.ts';
import type { SavedContactView, SORT_KEYS } from '../segments/contact-view.ts';
import type { SegmentProblem } from '../segments/prepare-rule.ts';
import type { SegmentRule } from '../segments/segment.ts';
import type { WorkspaceItem } from '../workspace/workspace-item.ts';
import type { SyncedTableName } from '../catalog/synced-tables.ts';
import type { DashboardQueries } from './dashboard-contract.ts';

export type SortKey = (typeof SORT_KEYS)[number];
/**
 * Whom a list shows and in what order. `filter`: see segments/segment.ts; absent is everybody. A search of everybody stops at ten
 * thousand, unless the list is to be `whole`: what is done to all of it must reach all.
 */
export type ContactView = {
  search: string;
  filter?: SegmentRule;
  sort: SortKey;
  order: 'asc' | 'desc';
  whole?: boolean;
};

/** The newest word between us, whatever the channel. */
export type LastMessage = { conversationId: string; channel: string; direction: string; preview: string; at: number };

/** What a row's gutter and cells show of sync: `pending` names the fields (and `tags`) not yet saved. */
export type SyncMark = { pending: string[]; refused: boolean };

export type ContactRow = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  phone: string | null;
  email: string | null;
  leadScore: number | null;
  leadStatus: string | null;
  ownerId: string | null;
  tags: string[];
  pipelineId: string | null;
  stageId: string | null;
  stageEnteredAt: number | null;
  sentiment: Sentiment | null;
  estimatedRevenueCents: number | null;
  actualRevenueCents: number | null;
  profilePicUrl: string | null;
  hasMessenger: boolean | null;
  hasInstagram: boolean | null;
  facebookPageId: string | null;
  emergency: boolean | null;
  lastMessage: LastMessage | null;
  lastInteractionAt: number | null;
  createdAt: number | null;
  optedOut: boolean;
  sync: SyncMark;
};

export type ContactDetail = ContactRow &
  Pick<
    ContactFields,
    'source' | 'locale' | 'timezone' | 'attributes' | 'messengerPsid' | 'instagramSid' | 'keywords'
  > & {
    groupIds: string[];
    statusEnteredAt: number | null;
    aiContext: string | null;
    aiContextUpdatedAt: number | null;
    marketingConsentUntil: number | null;
    automatedConsentUntil: number | null;
    optedOutAt: number | null;
    optOutMethod: string | null;
    optOutReason: string | null;
    doNotCallAt: number | null;
    lastInboundAt: number | null;
    lastOutboundAt: number | null;
    updatedAt: number | null;
  };

export type ContactSetup = {
  statuses: WorkspaceItem<'lead_status'>[];
  automations: WorkspaceItem<'status_automation'>[];
  pipelines: WorkspaceItem<'pipeline'>[];
  stages: WorkspaceItem<'stage'>[];
  groups: WorkspaceItem<'group'>[];
  segments: WorkspaceItem<'segment'>[];
  attributes: WorkspaceItem<'attribute'>[];
  pages: WorkspaceItem<'facebook_page'>[];
};

export type NoteRow = {
  id: string;
  body: string;
  authorId: string | null;
  createdAt: number;
  updatedAt: number;
  pending: boolean;
};

export type MessageRow = Message & { pending: boolean };

/** Reads of contacts, lists and boards. `CONTACT_QUERY_READS` names the tables each one looks at. */
export type ContactQueries = DashboardQueries & {
  /**
   * A window of the list. `snapshot` null orders anew; a token keeps rows where they were while data arrives.
   * `rows` has `null` for contacts deleted since. `newer` counts contacts the snapshot lacks. `capped`: more matched than are listed.
   */
  'contacts.window': {
    args: { view: ContactView; snapshot: number | null; from: number; count: number };
    result: {
      snapshot: number;
      total: number;
      capped: boolean;
      newer: number;
      rows: (ContactRow | null)[];
      tookMs: number;
    };
  };
  /** The place of a contact in a snapshot, or -1. */
  'contacts.indexOf': { args: { view: ContactView; snapshot: number; id: string }; result: number };
  /** Every contact of a snapshot, in its order, but for some: what "select all" means. */
  'contacts.ids': { args: { view: ContactView; snapshot: number; except: string[] }; result: string[] };
  /** How many contacts a rule means and a few of them; `problems` names segments it refers to that cannot be followed. */
  'contacts.matching': {
    args: { rule: SegmentRule; sample: number };
    result: { count: number; total: number; sample: ContactRow[]; problems: SegmentProblem[]; tookMs: number };
  };
  /**
   * How many contacts each choice of the list's filters would show: by status, owner, stage, page, mood, range of the score, platform,
   * tag (by id) and group; `''` is without a value. Null while it is being found out.
   */
  'contacts.choices': {
    args: { view: Pick<ContactView, 'search' | 'filter'> };
    result: { total: number; counts: Record<string, Record<string, number>> } | null;
  };
  /** What stands in each stage of a pipeline: how many and the sum of what they are expected to bring. */
  'pipelines.board': {
    args: { pipelineId: string; filter?: SegmentRule };
    result: { stageId: string; contacts: number; valueCents: number }[];
  };
  /** A stretch of a stage, who entered it last first. */
  'pipelines.column': {
    args: { stageId: string; from: number; count: number; filter?: SegmentRule };
    result: ContactRow[];
  };
  'contacts.get': { args: { id: string }; result: ContactDetail | null };
  'contacts.count': { args: Record<never, never>; result: number };
  /** What the workspace has set up for its contacts, in its order. Stages come by pipeline. */
  'contacts.setup': { args: Record<never, never>; result: ContactSetup };
  'contacts.notes': { args: { contactId: string }; result: NoteRow[] };
  /** Contacts with this phone number in E.164 or this email address, the oldest first, at most five. */
  'contacts.withAddress': { args: { phone: string | null; email: string | null }; result: ContactRow[] };
  /** Caller id: the contact of a phone number in E.164 and the last 20 messages. */
  'contacts.byPhone': { args: { phone: string }; result: { contact: ContactDetail; messages: MessageRow[] } | null };
  'tags.list': { args: { search: string; limit: number }; result: { id: string; name: string }[] };
  /** Names of the tags that some of these contacts have; every tag with null. */
  'tags.ofContacts': { args: { contactIds: string[] | null }; result: string[] };
  /** The person's own views of the list of contacts, in their order. */
  'contacts.views': {
    args: Record<never, never>;
    result: { id: string; name: string; displayOrder: number; view: SavedContactView }[];
  };
};

export const CONTACT_QUERY_READS = {
  'contacts.window': ['contacts', 'contact_tags', 'group_members', 'conversations', 'workspace_items', 'outbox'],
  'contacts.indexOf': ['contacts'],
  'contacts.ids': ['contacts'],
  'contacts.choices': ['contacts', 'contact_tags', 'group_members', 'workspace_items'],
  'contacts.withAddress': ['contacts', 'contact_tags', 'conversations', 'workspace_items', 'outbox'],
  'pipelines.board': ['contacts', 'contact_tags', 'group_members', 'workspace_items'],
  'pipelines.column': ['contacts', 'contact_tags', 'group_members', 'conversations', 'workspace_items', 'outbox'],
  'contacts.matching': ['contacts', 'contact_tags', 'group_members', 'workspace_items', 'outbox'],
  'contacts.get': ['contacts', 'contact_tags', 'group_members', 'conversations', 'workspace_items', 'outbox'],
  'contacts.count': ['contacts'],
  'contacts.setup': ['workspace_items'],
  'contacts.notes': ['notes', 'outbox'],
  'contacts.byPhone': [
    'contacts',
    'contact_tags',
    'group_members',
    'conversations',
    'workspace_items',
    'messages',
    'outbox',
  ],
  'tags.list': ['workspace_items'],
  'tags.ofContacts': ['contact_tags', 'workspace_items'],
  'contacts.views': ['own_items'],
  'dashboard.get': ['contacts', 'workspace_items'],
} as const satisfies Record<keyof ContactQueries, readonly (SyncedTableName | 'outbox')[]>;
