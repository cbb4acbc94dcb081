import type { OutboxEntry } from '../../../../shared/bridge/bridge-contract.ts';
import type { CommandName } from '../../../../shared/catalog/operations.ts';
import { contactDisplayName, type Contact } from '../../../../shared/contacts/contact.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { toRecord } from '../../replica/read-rows.ts';
import { REFUSED_UNIT } from './refused-unit.ts';
import { findBulkSize } from './bulk-size.ts';
import { fieldsOf, titleOf } from './write-title.ts';
import { contactIdOf } from './write-marks.ts';

const SHOWN = 500;

type Row = {
  write_id: string;
  name: string;
  input: string;
  made_at: number;
  state: OutboxEntry['state'];
  code: string | null;
  message: string | null;
  details: string | null;
  because_of: string | null;
  unit: string;
  slices: number;
  records: number | null;
};

const RECORDS = `coalesce(json_array_length(input, '$.contactIds'), 0)`;

// All writes of an import or a bulk act are one entry, shown as its first one; parts of a file are not worth reading back.
// A write that was refused itself speaks for those of its act that were only held with it.
const INPUT = `CASE name WHEN 'imports.addRows' THEN json_object('id', unit) ELSE input END AS input`;
const REFUSED = `
  SELECT write_id, name, ${INPUT}, made_at, unit, 'refused' AS state, code, message, details, because_of,
    count(*) AS slices, sum(${RECORDS}) AS records,
    min(iif(code = 'held', rowid + 4611686018427387904, rowid)) AS place
  FROM refused_write GROUP BY ${REFUSED_UNIT} ORDER BY place LIMIT ${SHOWN}`;
const WAITING = `
  SELECT write_id, name, ${INPUT}, made_at, unit,
    state, NULL AS code, NULL AS message, NULL AS details, NULL AS because_of,
    (SELECT count(*) FROM pending_write u WHERE u.unit = w.unit) AS slices,
    (SELECT sum(${RECORDS}) FROM pending_write u WHERE u.unit = w.unit AND u.name NOT LIKE 'imports.%') AS records
  FROM pending_write w WHERE seq = (SELECT min(seq) FROM pending_write f WHERE f.unit = w.unit)
  ORDER BY seq LIMIT ${SHOWN}`;

/** The oldest 500 of those that are refused, then the oldest 500 of those that wait. How many there are is in the sync state. */
export const outboxQueries: Answers<'outbox.list'> = {
  'outbox.list': ({ db }) =>
    [REFUSED, WAITING].flatMap((sql) => (db.sql(sql).all() as Row[]).map((row) => toEntry(db, row))),
};

function toEntry(db: ReadConnection, row: Row): OutboxEntry {
  const input = (JSON.parse(row.input) ?? {}) as Record<string, unknown> & { fileName?: string };
  const contactId = findContactId(db, row.name, input);
  const contact = contactId ? findContact(db, contactId) : null;
  const fileName = row.name.startsWith('imports.')
    ? (input.fileName ?? findFileName(db, String(input['id'])))
    : undefined;
  const created = row.name === 'contacts.create' ? (input as Partial<Contact>) : null;
  const bulk = toBulk(db, row);
  const title = row.name.startsWith('tasks.') ? findTaskTitle(db, input) : undefined;
  const named = {
    ...input,
    ...(fileName ? { fileName } : {}),
    ...(title ? { title } : {}),
    ...(bulk ? { records: bulk.records } : {}),
  };
  const isRefusedEdit = row.state === 'refused' && row.name === 'contacts.update' && contact;
  return {
    writeId: row.write_id,
    name: row.name as CommandName,
    title: titleOf(row.name, named, nameOf(contact ?? created)),
    input,
    contactId,
    madeAt: row.made_at,
    state: row.state,
    refusal:
      row.code === null
        ? null
        : {
            code: row.code,
            message: row.message ?? '',
            ...(row.details ? { details: JSON.parse(row.details) as Record<string, unknown> } : {}),
            because: row.because_of,
          },
    bulk,
    current: isRefusedEdit
      ? Object.fromEntries(fieldsOf(input).map((key) => [key, contact[key as keyof Contact] ?? null]))
      : null,
  };
}

/** Slices of one act may wait, be refused, or be saved and gone: of how many it was is noted where there is more than one. */
function toBulk(db: ReadConnection, { unit, state, slices, records }: Row): OutboxEntry['bulk'] {
  const whole = findBulkSize(db, unit);
  if ((records ?? 0) < 2 && whole === null) return null;
  const others = db
    .sql(
      `SELECT coalesce(sum(${RECORDS}), 0) FROM ${state === 'refused' ? 'pending_write' : 'refused_write'} WHERE unit = ?`,
    )
    .pluck()
    .get(unit) as number;
  const own = records ?? 0;
  return { records: Math.max(whole ?? 0, own + others), refusedRecords: state === 'refused' ? own : others, slices };
}

const nameOf = (contact: Partial<Contact> | null): string =>
  contact
    ? contactDisplayName({ firstName: null, lastName: null, phone: null, email: null, ...contact })
    : 'a contact that is gone';

/** The contact, also one that is only deleted here so far. */
function findContact(db: ReadConnection, id: string): Contact | null {
  const cells = db.sql('SELECT * FROM contacts WHERE id = ?').get(id) as Cells | undefined;
  if (cells) return toRecord('contacts', cells);
  const image = db.sql(`SELECT image FROM pending_base WHERE tbl = 'contacts' AND id = ?`).pluck().get(id);
  return typeof image === 'string' ? toRecord('contacts', JSON.parse(image) as Cells) : null;
}

const CONTACT_IN: Readonly<Record<string, string>> = {
  notes: 'notes',
  conversations: 'conversations',
  merges: 'met_changes',
};

/** Notes, conversations and meetings know their contact; their writes name only themselves. */
function findContactId(db: ReadConnection, name: string, input: Record<string, unknown>): string | null {
  const direct = contactIdOf(name, input);
  if (direct) return direct;
  const table = CONTACT_IN[name.split('.')[0] ?? ''];
  if (!table) return null;
  const found = db.sql(`SELECT contact_id FROM ${table} WHERE id = ?`).pluck().get(input['id']);
  return typeof found === 'string' ? found : null;
}

/** A new title is what the write says; else the task's own, also of one that is only deleted here so far. */
function findTaskTitle(db: ReadConnection, { id, title }: Record<string, unknown>): string | undefined {
  if (typeof title === 'string') return title;
  const found =
    db.sql('SELECT title FROM tasks WHERE id = ?').pluck().get(id) ??
    db.sql(`SELECT image ->> 'title' FROM pending_base WHERE tbl = 'tasks' AND id = ?`).pluck().get(id);
  return typeof found === 'string' ? found : undefined;
}

function findFileName(db: ReadConnection, id: string): string | undefined {
  const name = db.sql(`SELECT body ->> 'fileName' FROM workspace_items WHERE id = ?`).pluck().get(id);
  return typeof name === 'string' ? name : undefined;
}
