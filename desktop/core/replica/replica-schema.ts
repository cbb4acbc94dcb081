import { SYNCED_TABLES } from '../../../shared/catalog/synced-tables.ts';
import { must } from '../../../shared/kernel/must.ts';
import { toColumnName, type ColumnKind } from '../../../shared/protocol/synced-table.ts';
import { contactNameKey, contactSearch } from './contact-search.ts';
import type { Cell } from './cells.ts';
import { MERGE_AS_IT_GROWS, MERGE_WHEN_IDLE, SEARCH_TABLES } from './tidy-search.ts';

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
  afterIndexes: readonly string[];
  beforeBulk: readonly string[];
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
  ],
  contact_tags: [
    'contact_tags_by_contact ON contact_tags(contact_id, tag_id)',
    'contact_tags_by_tag ON contact_tags(tag_id, contact_id)',
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
  workspace_items: ['workspace_items_by_kind ON workspace_items(kind)'],
};

const FTS = SEARCH_TABLES;

// detail=none and columnsize=0 halve the index; neither rank nor phrases are ever asked of it.
const FTS_TABLES = [
  `CREATE VIRTUAL TABLE contacts_prefix USING fts5(search, content='contacts', content_rowid='rid',
     tokenize="unicode61 remove_diacritics 0", prefix='1 2 3', detail=none, columnsize=0)`,
  `CREATE VIRTUAL TABLE contacts_trigram USING fts5(search, content='contacts', content_rowid='rid',
     tokenize="trigram case_sensitive 1", detail=none, columnsize=0)`,
];

const ftsDelete = FTS.map((fts) => `INSERT INTO ${fts}(${fts}, rowid, search) VALUES ('delete', old.rid, old.search);`);
const ftsInsert = FTS.map((fts) => `INSERT INTO ${fts}(rowid, search) VALUES (new.rid, new.search);`);

const FTS_TRIGGERS = [
  `CREATE TRIGGER IF NOT EXISTS contacts_search_insert AFTER INSERT ON contacts BEGIN ${ftsInsert.join(' ')} END`,
  `CREATE TRIGGER IF NOT EXISTS contacts_search_delete AFTER DELETE ON contacts BEGIN ${ftsDelete.join(' ')} END`,
  `CREATE TRIGGER IF NOT EXISTS contacts_search_update AFTER UPDATE OF search ON contacts
     WHEN new.search IS NOT old.search BEGIN ${ftsDelete.join(' ')} ${ftsInsert.join(' ')} END`,
];

const SQLITE_TYPE: Record<ColumnKind, string> = {
  uuid: 'TEXT',
  text: 'TEXT',
  integer: 'INTEGER',
  boolean: 'INTEGER',
  instant: 'INTEGER',
  json: 'TEXT',
};

/** Every replicated table, in the order of the contract. */
export const REPLICA_TABLES: readonly ReplicaTable[] = SYNCED_TABLES.map((table) => {
  const kinds = Object.fromEntries(
    Object.entries<ColumnKind>(table.columns).map(([key, kind]) => [toColumnName(key), kind]),
  );
  const isContacts = table.name === 'contacts';
  return {
    name: table.name,
    kinds,
    columns: Object.keys(kinds),
    derived: DERIVED[table.name] ?? [],
    indexes: INDEXES[table.name] ?? [],
    afterIndexes: isContacts
      ? [
          ...MERGE_AS_IT_GROWS,
          ...FTS.map((fts) => `INSERT INTO ${fts}(${fts}) VALUES ('rebuild')`),
          ...MERGE_WHEN_IDLE,
          ...FTS_TRIGGERS,
        ]
      : [],
    beforeBulk: isContacts
      ? ['insert', 'delete', 'update'].map((on) => `DROP TRIGGER IF EXISTS contacts_search_${on}`)
      : [],
  };
});

const byName = new Map(REPLICA_TABLES.map((table) => [table.name, table]));

export const getReplicaTable = (name: string): ReplicaTable => must(byName.get(name), `replica table ${name}`);

export const indexNameOf = (index: string): string => must(index.split(' ')[0], 'index name');

/**
 * The first schema. Entity tables have no constraint but their keys: a server's row must always fit.
 * AUTOINCREMENT, because a rid handed out twice would show a stranger in somebody's old list.
 */
export function createSchema(): string[] {
  const entities = REPLICA_TABLES.flatMap(({ name, columns, kinds, derived, indexes }) => {
    const cells = columns.filter((c) => c !== 'id').map((c) => `${c} ${SQLITE_TYPE[must(kinds[c], c)]}`);
    const own = derived.map((d) => `${d.column} TEXT`);
    return [
      `CREATE TABLE ${name} (rid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ${[...cells, ...own].join(', ')}) STRICT`,
      `CREATE TABLE ${name}__stage (id TEXT PRIMARY KEY, ${cells.join(', ')}) STRICT`,
      ...indexes.map((index) => `CREATE INDEX ${index}`),
    ];
  });
  return [...entities, ...FTS_TABLES, ...MERGE_WHEN_IDLE, ...FTS_TRIGGERS, ...SYNC_TABLES];
}

const SYNC_TABLES = [
  // The outbox, in order. `unit` is what people count: all writes of one import share theirs.
  `CREATE TABLE pending_write (seq INTEGER PRIMARY KEY AUTOINCREMENT, write_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
     input TEXT NOT NULL, made_at INTEGER NOT NULL, unit TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued',
     commit_lsn INTEGER, exact INTEGER NOT NULL DEFAULT 0) STRICT`,
  `CREATE INDEX pending_write_by_unit ON pending_write(unit)`,
  `CREATE INDEX pending_write_undecided ON pending_write(seq) WHERE state <> 'accepted'`,
  `CREATE TABLE pending_patch (seq INTEGER, part INTEGER, tbl TEXT NOT NULL, kind TEXT NOT NULL, body TEXT,
     PRIMARY KEY (seq, part)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX pending_patch_by_table ON pending_patch(tbl, seq)`,
  `CREATE TABLE pending_target (tbl TEXT, id TEXT, seq INTEGER, part INTEGER,
     PRIMARY KEY (tbl, id, seq, part)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX pending_target_by_write ON pending_target(seq, tbl)`,
  // The server's row behind a row with pending patches; a NULL image says that the server has none.
  `CREATE TABLE pending_base (tbl TEXT, id TEXT, image TEXT, PRIMARY KEY (tbl, id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE refused_write (write_id TEXT PRIMARY KEY, name TEXT NOT NULL, input TEXT NOT NULL, made_at INTEGER NOT NULL,
     unit TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, details TEXT, because_of TEXT) STRICT`,
  // Which records wear a mark for a write that is pending or refused.
  `CREATE TABLE write_mark (subject TEXT, field TEXT, write_id TEXT, PRIMARY KEY (subject, field, write_id)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX write_mark_by_write ON write_mark(write_id)`,
  `CREATE TABLE stream (tbl TEXT PRIMARY KEY, handle TEXT, "offset" TEXT, lsn INTEGER NOT NULL DEFAULT 0,
     pos_lsn INTEGER NOT NULL DEFAULT 0, pos_op INTEGER NOT NULL DEFAULT -1, staging INTEGER NOT NULL DEFAULT 0,
     ready INTEGER NOT NULL DEFAULT 0, bulk INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID`,
  ...REPLICA_TABLES.map(({ name }) => `INSERT INTO stream (tbl) VALUES ('${name}')`),
];
