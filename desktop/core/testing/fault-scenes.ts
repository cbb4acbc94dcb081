import type { Patch } from '../../../shared/protocol/patch.ts';
import type { Replica } from '../replica/open-replica.ts';
import { REPLICA_TABLES } from '../replica/replica-schema.ts';
import { FTS_TABLES } from '../replica/search/search-index.ts';
import { applySlice, fetchAnew, finishTable, type ShapeMessage } from '../sync/apply-messages.ts';
import { allowTable } from '../sync/denied-table.ts';
import { writeLocally } from '../sync/local-write.ts';
import { findWrite, takeForPush } from '../sync/outbox.ts';

export const contactId = (i: number): string => `00000000-0000-4000-8000-0000000001${String(i).padStart(2, '0')}`;
export const [A, B, C, D, E] = [0, 1, 2, 3, 4].map(contactId) as [string, string, string, string, string];
export const [NOTE_A, NOTE_E] = ['00000000-0000-4000-8000-000000000201', '00000000-0000-4000-8000-000000000202'];

export const upToDate = (lsn: number): ShapeMessage => ({
  headers: { control: 'up-to-date', global_last_seen_lsn: String(lsn) },
});
export const copied = (value: Record<string, unknown>): ShapeMessage => ({ value, headers: { operation: 'insert' } });
export const changed = (
  operation: 'insert' | 'update' | 'delete',
  lsn: number,
  at: number,
  value: Record<string, unknown>,
): ShapeMessage => ({ value, headers: { operation, lsn: String(lsn), op_position: at } });
export const person = (id: string, company: string) => ({
  id,
  first_name: `First ${company}`,
  company,
  updated_at: '1000',
});

const streamOf = (replica: Replica, table: string) =>
  replica.db.prepare('SELECT handle, "offset" FROM stream WHERE tbl = ?').get(table) as {
    handle: string | null;
    offset: string | null;
  };

/** A shape as it is pulled: what was left half done first, then from the resume point on, in slices of two messages. */
export function pull(
  replica: Replica,
  table: string,
  handle: string,
  messages: readonly ShapeMessage[],
  slice = 2,
): void {
  for (const _ of finishTable(replica, table, 1));
  const at = streamOf(replica, table);
  if (!at.handle) replica.tx(() => void replica.sql(`DELETE FROM ${table}__stage`).run(), 'fed');
  allowTable(replica, table);
  const from = at.handle === handle ? Number(at.offset) : 0;
  // Two batches: the first with its resume point, the second in slices of which only the last has one.
  const middle = Math.max(from, Math.floor(messages.length / 2));
  const point = (end: number) => ({ handle, offset: String(end) });
  if (middle > from) applySlice(replica, table, messages.slice(from, middle), point(middle));
  for (let at = middle; at < messages.length; at += slice)
    applySlice(
      replica,
      table,
      messages.slice(at, at + slice),
      at + slice >= messages.length ? point(messages.length) : null,
    );
  for (const _ of finishTable(replica, table, 1));
}

/** A person who got no answer types it again; one who did, does not. */
export function write(replica: Replica, writeId: string, ...patches: Patch[]): void {
  if (findWrite(replica, writeId)) return;
  const marks = patches.flatMap((p) =>
    p.kind === 'set' ? p.ids.map((subject) => ({ subject, field: 'company' })) : [],
  );
  writeLocally(replica, {
    writeId,
    name: 'contacts.update',
    input: { writeId },
    madeAt: 5,
    unit: writeId,
    patches,
    marks,
  });
}
export const set = (company: string, ...ids: string[]): Patch => ({
  kind: 'set',
  table: 'contacts',
  ids,
  values: { company, updatedAt: 5 },
});
export const insert = (id: string, company: string): Patch => ({
  kind: 'insert',
  table: 'contacts',
  id,
  values: { company, firstName: 'Mine' },
});
export const remove = (...ids: string[]): Patch => ({ kind: 'delete', table: 'contacts', ids });
export const note = (id: string, owner: string): Patch => ({
  kind: 'insert',
  table: 'notes',
  id,
  values: { contactId: owner, body: 'A note' },
});

/** Four contacts and a note, as the server had them at position 100. */
export function synced(replica: Replica): void {
  const rows = [A, B, C, D].map((id, i) => copied(person(id, `Seed ${i}`)));
  pull(replica, 'contacts', 'h1', [...rows, upToDate(100)]);
  pull(replica, 'notes', 'h1', [copied({ id: NOTE_A, contact_id: A, body: 'Theirs' }), upToDate(100)]);
  pull(replica, 'write_receipts', 'h1', [upToDate(100)]);
  pull(replica, 'workspace_items', 'h1', [upToDate(100)]);
  pull(replica, 'contact_tags', 'h1', [upToDate(100)]);
}

/** Edits of every kind under way: over rows of the server, over none, and over each other. */
export function edited(replica: Replica): void {
  synced(replica);
  write(replica, 'w1', set('Mine 1', A));
  write(replica, 'w2', set('Mine 2', A, B));
  write(replica, 'w3', remove(C));
  write(replica, 'w4', insert(E, 'Mine 4'), note(NOTE_E, E));
  write(replica, 'w5', set('Mine 5', E));
}

/** What others did meanwhile, one transaction after the other, over all of those rows. */
export const ofOthers = (table: 'contacts' | 'notes'): ShapeMessage[] =>
  table === 'notes'
    ? [changed('update', 140, 0, { id: NOTE_A, body: 'Theirs again' }), upToDate(140)]
    : [
        changed('update', 110, 0, { id: A, company: 'Theirs', phone: '1' }),
        changed('update', 110, 2, { id: C, company: 'Theirs' }),
        changed('delete', 120, 0, { id: B }),
        changed('insert', 130, 0, person(E, 'Theirs')),
        changed('update', 140, 0, { id: D, first_name: 'Theirs' }),
        changed('insert', 140, 2, person(contactId(5), 'New')),
        upToDate(140),
      ];

export const copyOfContacts = [
  copied({ ...person(A, 'Copy'), phone: '2' }),
  copied(person(C, 'Copy')),
  copied(person(D, 'Seed 3')),
  copied(person(contactId(6), 'Copy')),
  changed('update', 150, 0, { id: D, company: 'Moved' }),
  upToDate(150),
];

export function refetch(replica: Replica, handle = 'h2'): void {
  if (streamOf(replica, 'contacts').handle === 'h1') fetchAnew(replica, 'contacts');
  pull(replica, 'contacts', handle, copyOfContacts);
}

export const sent = (replica: Replica) => {
  edited(replica);
  takeForPush(replica, 4);
};

/** What stands before `count` in the log, long applied: the resume point is behind it. */
export function padded(messages: readonly ShapeMessage[], count: number): ShapeMessage[] {
  return [...Array.from({ length: count }, () => upToDate(100)), ...messages];
}

/** Turns a replica into what an earlier version left, with edits under way: no chains, no epochs, a column, a table and an index fewer. */
export function makeOlder(replica: Replica): void {
  sent(replica);
  for (const sql of [
    ...REPLICA_TABLES.flatMap(({ triggers }) => Object.keys(triggers).map((one) => `DROP TRIGGER ${one}`)),
    ...FTS_TABLES.filter((name) => !name.startsWith('contacts')).map((name) => `DROP TABLE ${name}`),
    'ALTER TABLE pending_write DROP COLUMN based_on',
    'ALTER TABLE pending_write DROP COLUMN chained',
    'DROP INDEX pending_write_accepted',
    'ALTER TABLE pending_target DROP COLUMN own',
    'ALTER TABLE pending_base DROP COLUMN same',
    'ALTER TABLE stream DROP COLUMN denied',
    ...[
      'ended_write',
      'bulk_command',
      'local_setting',
      'search_built',
      'replica_owner',
      'contact_history',
      'contact_history_kept',
    ].map((t) => `DROP TABLE ${t}`),
    'DROP INDEX contacts_by_score',
    'CREATE INDEX contacts_by_locale ON contacts(company)',
    'ALTER TABLE contacts DROP COLUMN timezone',
    'ALTER TABLE contacts__stage DROP COLUMN timezone',
    'DROP TABLE messages',
    'DROP TABLE messages__stage',
    `DELETE FROM stream WHERE tbl = 'messages'`,
    'PRAGMA user_version = 1',
  ])
    replica.db.exec(sql);
}
