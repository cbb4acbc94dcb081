import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import { must } from '../../../shared/kernel/must.ts';
import { toColumnName, type ColumnKind } from '../../../shared/protocol/synced-table.ts';
import type { Cell } from './cells.ts';
import { CONTACT_CHANGE_TRIGGERS } from './contact-changes.ts';
import { contactNameKey, contactSearch } from './search/contact-search.ts';
import { SEARCH, searchTriggers, type SearchIndex } from './search/search-index.ts';

/** A column only this device has, computed by `fn` from synced ones whenever one of them is written. */
export type DerivedColumn = { column: string; from: readonly string[]; fn: string };

/** A replicated table as SQLite knows it. */
export type ReplicaTable = {
  name: string;
  kinds: Readonly<Record<string, ColumnKind>>;
  columns: readonly string[];
  derived: readonly DerivedColumn[];
  /** Built after a first sync in one go, which is five times faster than row by row. */
  indexes: readonly string[];
  triggers: Readonly<Record<string, string>>;
  /** Its rows are found by their words. */
  search: SearchIndex | null;
};

const NAMED = ['first_name', 'last_name', 'company', 'email', 'phone'] as const;

const DERIVED: Record<string, readonly DerivedColumn[]> = {
  contacts: [
    { column: 'name_key', from: NAMED, fn: 'contact_name_key' },
    { column: 'search', from: NAMED, fn: 'contact_search' },
  ],
};

/** SQL functions of the writing connection, by name. */
export const DERIVING: Record<string, (a: Cell, b: Cell, c: Cell, d: Cell, e: Cell) => string> = {
  contact_name_key: contactNameKey,
  contact_search: contactSearch,
};

const INDEXES: Record<string, readonly string[]> = {
  contacts: [
    'contacts_by_name ON contacts(name_key)',
    'contacts_by_score ON contacts(lead_score)',
    'contacts_by_interaction ON contacts(last_interaction_at)',
    'contacts_by_creation ON contacts(created_at)',
    'contacts_by_phone ON contacts(phone)',
    'contacts_by_email ON contacts(email)',
    'contacts_by_stage ON contacts(stage_id, stage_entered_at, estimated_revenue_cents) WHERE stage_id IS NOT NULL',
    'contacts_by_status ON contacts(lead_status)',
  ],
  contact_tags: [
    'contact_tags_by_contact ON contact_tags(contact_id, tag_id)',
    'contact_tags_by_tag ON contact_tags(tag_id, contact_id)',
  ],
  group_members: [
    'group_members_by_contact ON group_members(contact_id, group_id)',
    'group_members_by_group ON group_members(group_id, contact_id)',
  ],
  notes: ['notes_by_contact ON notes(contact_id, created_at)'],
  conversations: [
    'conversations_by_contact ON conversations(contact_id)',
    'conversations_by_message ON conversations(status, last_message_at)',
    'conversations_by_waiting ON conversations(waiting_since) WHERE waiting_since IS NOT NULL',
  ],
  messages: [
    'messages_by_conversation ON messages(conversation_id, created_at)',
    'messages_by_contact ON messages(contact_id, created_at)',
  ],
  met_changes: [
    'met_changes_by_time ON met_changes(created_at)',
    'met_changes_by_contact ON met_changes(contact_id) WHERE resolved_at IS NULL',
  ],
  tasks: [
    'tasks_by_due ON tasks(owner_id, due_at) WHERE completed_at IS NULL',
    'tasks_open ON tasks(due_at) WHERE completed_at IS NULL',
    'tasks_by_completion ON tasks(completed_at) WHERE completed_at IS NOT NULL',
    'tasks_done ON tasks(owner_id, completed_at) WHERE completed_at IS NOT NULL',
    'tasks_by_contact ON tasks(contact_id)',
    'tasks_by_conversation ON tasks(conversation_id)',
  ],
  notifications: [
    'notifications_by_time ON notifications(created_at)',
    `notifications_unread ON notifications(created_at, contact_id) WHERE status = 'UNREAD'`,
    'notifications_by_conversation ON notifications(conversation_id)',
  ],
  acts: [
    'acts_by_time ON acts(at, action)',
    'acts_by_contact ON acts(contact_id, at)',
    'acts_by_person ON acts(user_id, at)',
    'acts_by_unit ON acts(unit)',
  ],
  own_items: ['own_items_by_kind ON own_items(kind)'],
  admin_items: ['admin_items_by_kind ON admin_items(kind)'],
  workspace_items: ['workspace_items_by_kind ON workspace_items(kind)'],
};

const SQLITE_TYPE: Record<ColumnKind, string> = {
  uuid: 'TEXT',
  text: 'TEXT',
  integer: 'INTEGER',
  cents: 'INTEGER',
  boolean: 'INTEGER',
  instant: 'INTEGER',
  json: 'TEXT',
};

/** Every replicated table, in the order of the contract. */
export const REPLICA_TABLES: readonly ReplicaTable[] = SYNCED_TABLES.map((table) => {
  const kinds = Object.fromEntries(
    Object.entries<ColumnKind>(table.columns).map(([key, kind]) => [toColumnName(key), kind]),
  );
  const search = SEARCH[table.name] ?? null;
  return {
    name: table.name,
    kinds,
    columns: Object.keys(kinds),
    derived: DERIVED[table.name] ?? [],
    indexes: INDEXES[table.name] ?? [],
    triggers: { ...(search ? searchTriggers(table.name, search) : {}), ...CONTACT_CHANGE_TRIGGERS[table.name] },
    search,
  };
});

const byName = new Map(REPLICA_TABLES.map((table) => [table.name, table]));

export const getReplicaTable = (name: string): ReplicaTable => must(byName.get(name), `replica table ${name}`);

export const indexNameOf = (index: string): string => must(index.split(' ')[0], 'index name');

export const createTriggers = ({ triggers }: ReplicaTable): string[] =>
  Object.entries(triggers).map(([name, body]) => `CREATE TRIGGER IF NOT EXISTS ${name} ${body}`);

/** The columns of a replicated table besides its keys, as SQLite declares them. */
export const declareCells = ({ columns, kinds }: Pick<ReplicaTable, 'columns' | 'kinds'>): string[] =>
  columns.filter((c) => c !== 'id').map((c) => `${c} ${SQLITE_TYPE[must(kinds[c], c)]}`);

/**
 * A replicated table with the stage beside it, without its triggers. No constraint but its keys: a server's row must always fit.
 * AUTOINCREMENT, because a rid handed out twice would show a stranger in somebody's old list.
 */
export function createTable(table: ReplicaTable): string[] {
  const { name, derived, indexes } = table;
  const cells = declareCells(table);
  const own = derived.map((d) => `${d.column} TEXT`);
  return [
    `CREATE TABLE ${name} (rid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ${[...cells, ...own].join(', ')}) STRICT`,
    `CREATE TABLE ${name}__stage (id TEXT PRIMARY KEY, ${cells.join(', ')}) STRICT`,
    ...indexes.map((index) => `CREATE INDEX ${index}`),
    `INSERT OR IGNORE INTO stream (tbl) VALUES ('${name}')`,
  ];
}
