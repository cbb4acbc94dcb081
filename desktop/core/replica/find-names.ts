import { contactDisplayName } from '../../../shared/contacts/contact.ts';
import type { ReadConnection } from './read-connection.ts';

/** What a contact is called; null for none, and for one that is gone. */
export function findContactName(db: ReadConnection, id: unknown): string | null {
  if (typeof id !== 'string') return null;
  const found = db
    .sql('SELECT first_name AS firstName, last_name AS lastName, phone, email FROM contacts WHERE id = ?')
    .get(id) as Parameters<typeof contactDisplayName>[0] | undefined;
  return found ? contactDisplayName(found) : null;
}

/** What a member is called; null for none, and for one that is gone. */
export const findMemberName = (db: ReadConnection, id: string | null): string | null =>
  (db.sql(`SELECT body ->> 'name' FROM workspace_items WHERE kind = 'member' AND id = ?`).pluck().get(id) as
    | string
    | undefined) ?? null;
