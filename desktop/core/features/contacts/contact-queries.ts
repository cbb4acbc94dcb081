import type { MessageRow, NoteRow } from '../../../../shared/bridge/bridge-contract.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers } from '../../replica/query-context.ts';
import { findPendingIds, toRecord } from '../../replica/read-rows.ts';
import { countMatching } from './contact-rule.ts';
import { findContactByPhone, findContactDetail } from './contact-rows.ts';
import { readContactSetup } from './contact-setup.ts';
import { ContactWindows } from './contact-window.ts';

type Named =
  | 'contacts.window'
  | 'contacts.indexOf'
  | 'contacts.ids'
  | 'contacts.matching'
  | 'contacts.get'
  | 'contacts.count'
  | 'contacts.setup'
  | 'contacts.notes'
  | 'contacts.byPhone';

/** Queries of contacts, with the snapshots of this reader. */
export function contactQueries(windows = new ContactWindows()): Answers<Named> {
  return {
    'contacts.window': (context, args) => windows.read(context, args),
    'contacts.ids': (context, args) => windows.listIds(context, args),
    'contacts.matching': (context, { rule, sample }) => countMatching(context, rule, sample),
    'contacts.indexOf': ({ db }, { snapshot, id }) => windows.indexOf(db, snapshot, id),
    'contacts.get': ({ db }, { id }) => findContactDetail(db, id),
    'contacts.count': ({ db }) => db.sql('SELECT count(*) FROM contacts').pluck().get() as number,
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
