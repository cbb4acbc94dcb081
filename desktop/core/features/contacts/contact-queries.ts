import type { MessageRow, NoteRow } from '../../../../shared/bridge/contacts-contract.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findPendingIds, toRecord } from '../../replica/read-rows.ts';
import { countChoices, countMatching } from './contact-rule.ts';
import { findContactByPhone, findContactDetail, listContactRows } from './contact-rows.ts';
import { readContactSetup } from './contact-setup.ts';
import { readBoard, readColumn } from './pipeline-board.ts';
import { listContactViews } from './contact-views.ts';
import { readDashboard } from './dashboard/read-dashboard.ts';
import { ContactWindows } from './contact-window.ts';

type Named =
  | 'contacts.window'
  | 'contacts.indexOf'
  | 'contacts.ids'
  | 'contacts.matching'
  | 'contacts.choices'
  | 'contacts.get'
  | 'contacts.count'
  | 'contacts.setup'
  | 'contacts.withAddress'
  | 'pipelines.board'
  | 'pipelines.column'
  | 'contacts.views'
  | 'dashboard.get'
  | 'tags.ofContacts'
  | 'contacts.notes'
  | 'contacts.byPhone';

/** Queries of contacts, with the snapshots of this reader. */
export function contactQueries(windows = new ContactWindows()): Answers<Named> {
  return {
    'contacts.window': (context, args) => windows.read(context, args),
    'contacts.ids': (context, args) => windows.listIds(context, args),
    'contacts.matching': (context, args) => countMatching(context, args),
    'contacts.choices': (context, args) => countChoices(context, args),
    'contacts.indexOf': ({ db }, { snapshot, id }) => windows.indexOf(db, snapshot, id),
    'contacts.get': ({ db }, { id }) => findContactDetail(db, id),
    'contacts.count': ({ db }) => db.sql('SELECT count(*) FROM contacts').pluck().get() as number,
    'pipelines.board': (context, args) => readBoard(context, args),
    'pipelines.column': (context, args) => readColumn(context, args),
    'contacts.withAddress': ({ db }, { phone, email }) => {
      const rids = db
        .sql(
          'SELECT rid FROM contacts WHERE phone = ? UNION SELECT rid FROM contacts WHERE email = ? ORDER BY rid LIMIT 5',
        )
        .pluck()
        .all(phone, email) as number[];
      return listContactRows(db, rids).filter((row) => row !== null);
    },
    'contacts.views': ({ db }) => listContactViews(db),
    'dashboard.get': (context) => readDashboard(context),
    'tags.ofContacts': ({ db }, { contactIds }) => listTagsOf(db, contactIds),
    'contacts.setup': ({ db }) => readContactSetup(db),
    'contacts.notes': ({ db }, { contactId }) => {
      const rows = db
        .sql('SELECT * FROM notes WHERE contact_id = ? ORDER BY created_at DESC, rid DESC')
        .all(contactId) as Cells[];
      return withPending<Omit<NoteRow, 'pending'>>('notes', rows, (ids) => findPendingIds(db, 'notes', ids));
    },
    'contacts.byPhone': ({ db }, { phone }) => {
      const contact = findContactByPhone(db, phone);
      if (!contact) return null;
      const rows = db
        .sql('SELECT * FROM messages WHERE contact_id = ? ORDER BY created_at DESC, rid DESC LIMIT 20')
        .all(contact.id) as Cells[];
      const pendingOf = (ids: string[]) => findPendingIds(db, 'messages', ids);
      return {
        contact,
        messages: withPending<Omit<MessageRow, 'pending'>>('messages', rows.toReversed(), pendingOf),
      };
    },
  };
}

function withPending<T extends { id: string }>(
  table: string,
  rows: readonly Cells[],
  pendingOf: (ids: string[]) => Set<string>,
): (T & { pending: boolean })[] {
  const records = rows.map((cells) => toRecord<T>(table, cells));
  const pending = pendingOf(records.map(({ id }) => id));
  return records.map((record) => ({ ...record, pending: pending.has(record.id) }));
}

/** Only tags that one of these contacts has; every tag for null. */
function listTagsOf(db: ReadConnection, contactIds: readonly string[] | null): string[] {
  if (contactIds === null)
    return db
      .sql(`SELECT body ->> 'name' AS name FROM workspace_items WHERE kind = 'tag' ORDER BY lower(name)`)
      .pluck()
      .all() as string[];
  return db
    .sql(
      `SELECT DISTINCT w.body ->> 'name' AS name FROM json_each(?) j CROSS JOIN contact_tags t ON t.contact_id = j.value
         JOIN workspace_items w ON w.id = t.tag_id ORDER BY lower(name)`,
    )
    .pluck()
    .all(JSON.stringify(contactIds)) as string[];
}
