import type {
  ConversationRow,
  OutboxEntry,
  Queries,
  SessionState,
  SyncState,
} from '../../../shared/bridge/bridge-contract.ts';
import type { HistoryEntry } from '../../../shared/contacts/history-operations.ts';
import type { ImportDraft } from '../../../shared/imports/import-draft.ts';
import type { Message } from '../../../shared/inbox/message.ts';
import { teamQueries } from './fixture-team.ts';
import { must } from '../../../shared/kernel/must.ts';
import { toSearchText } from '../../../shared/kernel/search-text.ts';
import type { StorageInspection } from '../../../shared/bridge/sync-inspection.ts';
import type { FixtureHost } from './fixture-host.ts';
import { findFixtureContacts, fixtureContact, fixtureContactQueries } from './fixture-contacts.ts';
import { fixtureMeetings } from './fixture-merges.ts';
import { fixturePastQueries } from './fixture-past.ts';
import { fixtureSearch } from './fixture-search.ts';
import { fixtureInspection } from './fixture-sync.ts';
import type { FixtureTables, Row } from './fixture-tables.ts';

/** What the fixture knows besides its tables. */
export type FixtureState = FixtureHost & {
  tables: FixtureTables;
  session: SessionState;
  sync: SyncState;
  outbox: OutboxEntry[];
  drafts: Map<string, ImportDraft>;
  snapshots: string[][];
  storage: StorageInspection;
  /** Messages that only the server has, by conversation. */
  older: Map<string, Row[]>;
  /** What was fetched of the past of contacts. */
  past: Map<string, { entries: HistoryEntry[]; next: boolean; at: number }>;
};

type Answers = { [Q in keyof Queries]: (args: Queries[Q]['args']) => Queries[Q]['result'] };
const NOT_WAITING = { waitingSince: null, lastMessageDirection: null };

function conversationRow(state: FixtureState, row: Row): ConversationRow {
  const contact = must(fixtureContact(state, String(row['contactId'])), 'contact');
  return {
    ...NOT_WAITING,
    ...(row as unknown as ConversationRow),
    contact,
    pending: state.outbox.some((entry) => entry.contactId === contact.id && entry.name === 'messages.send'),
  };
}

const items = (state: FixtureState, kind: string) =>
  state.tables
    .rows('workspace_items')
    .filter((item) => item['kind'] === kind)
    .map((item) => ({ id: item.id, ...(item['body'] as object) }));

const byTime = (a: Message, b: Message) => a.createdAt - b.createdAt;

/** Every query of the bridge over the tables in memory. */
export function fixtureQueries(state: FixtureState): Answers {
  const { tables } = state;
  const messagesOf = (where: (message: Message) => boolean) =>
    tables
      .rows<Message>('messages')
      .filter(where)
      .toSorted(byTime)
      .map((message) => ({
        ...message,
        failure: message.failure ?? null,
        pending: state.outbox.some(
          (entry) => entry.state !== 'refused' && (entry.input as { id?: string }).id === message.id,
        ),
      }));
  return {
    ...teamQueries(state),
    'session.get': () => state.session,
    'sync.get': () => state.sync,
    'host.get': () => state.host,
    'update.state': () => state.update,
    'accounts.list': () => state.accounts,
    'connection.get': () => state.connection,
    ...fixtureContactQueries(state),
    ...fixturePastQueries(state),
    'contacts.notes': ({ contactId }) =>
      tables
        .rows('notes')
        .filter((note) => note['contactId'] === contactId)
        .map((note) => ({
          ...(note as never as { id: string; body: string; authorId: string; createdAt: number; updatedAt: number }),
          pending: state.outbox.some((entry) => (entry.input as { id?: string }).id === note.id),
        }))
        .toReversed(),
    'contacts.byPhone': ({ phone }) => {
      const found = tables.rows('contacts').find((row) => row['phone'] === phone);
      return found
        ? {
            contact: must(fixtureContact(state, found.id), 'contact'),
            messages: messagesOf((message) => message.contactId === found.id).slice(-20),
          }
        : null;
    },
    'tags.list': ({ search, limit }) =>
      (items(state, 'tag') as { id: string; name: string }[])
        .filter(({ name }) => toSearchText(name).includes(toSearchText(search)))
        .slice(0, limit),
    'conversations.list': ({ filter, limit }) => {
      const all = tables.rows('conversations').map((row) => conversationRow(state, row));
      const waiting = all
        .filter((row) => row.waitingSince !== null)
        .toSorted((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
      const open = all
        .filter((row) => row.status === 'OPEN')
        .toSorted((a, b) => (b.lastMessageAt ?? 0) - (a.lastMessageAt ?? 0));
      const rows = { waiting, open, done: all.filter((row) => row.status !== 'OPEN') }[filter];
      return { rows: rows.slice(0, limit), waiting: waiting.length, open: open.length };
    },
    'conversations.get': ({ id }) => {
      const row = tables.of('conversations').get(id);
      return row ? conversationRow(state, row) : null;
    },
    'messages.list': ({ conversationId, limit }) => {
      const rows = messagesOf((message) => message.conversationId === conversationId);
      const more = rows.length > limit;
      return { rows: rows.slice(-limit), more, older: !more && state.older.has(conversationId) };
    },
    'outbox.list': () => state.outbox,
    'merges.list': (args) => fixtureMeetings(state, args),
    'sync.inspect': () => fixtureInspection(state),
    'members.list': () => items(state, 'member') as never,
    'phoneNumbers.list': () => items(state, 'phone_number') as never,
    'imports.list': () => items(state, 'import_job').map((job) => ({ waitingParts: 0, ...job })) as never,
    'imports.draft': ({ id }) => state.drafts.get(id) ?? null,
    'search.everywhere': (asked) => fixtureSearch(state, asked, findFixtureContacts(state, asked.text)),
  };
}
