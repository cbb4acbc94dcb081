import { contactsTable } from '../../../../shared/contacts/contact-columns.ts';
import type { ExportedContact } from '../../../../shared/exports/contact-columns.ts';
import { toColumnName } from '../../../../shared/protocol/synced-table.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import type { FileNames } from '../../../../shared/exports/export-names.ts';

type Columns = Omit<ExportedContact, 'tags' | 'groups' | 'id'>;
type Raw = Omit<Columns, 'attributes' | 'keywords' | 'emergency' | 'hasMessenger' | 'hasInstagram'> & {
  id: string;
  attributes: string | null;
  keywords: string | null;
  emergency: number | null;
  hasMessenger: number | null;
  hasInstagram: number | null;
};

/** The database makes the records: a million rows are read for a file. */
const SELECT = `SELECT c.id, ${Object.keys(contactsTable.columns)
  .filter((key) => !key.startsWith('aiContext'))
  .map((key) => `c.${toColumnName(key)} AS "${key}"`)
  .join(', ')} FROM json_each(?) j CROSS JOIN contacts c ON c.rid = j.value`;
const TAGS = 'SELECT t.contact_id, t.tag_id FROM json_each(?) j CROSS JOIN contact_tags t ON t.contact_id = j.value';
const GROUPS =
  'SELECT g.contact_id, g.group_id FROM json_each(?) j CROSS JOIN group_members g ON g.contact_id = j.value';

const toBoolean = (cell: number | null): boolean | null => (cell === null ? null : cell === 1);

/** Contacts by rid, in that order; those that are gone are left out. */
export function readContactPage(
  db: ReadConnection,
  rids: readonly number[],
  names: Pick<FileNames, 'tags' | 'groups'>,
): ExportedContact[] {
  const rows = db.sql(SELECT).all(JSON.stringify(rids)) as Raw[];
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const tags = namesBy(db, TAGS, ids, names.tags);
  const groups = namesBy(db, GROUPS, ids, names.groups);
  return rows.map((raw) => {
    // The record is ours alone: changing it is cheaper than making another.
    const contact = raw as unknown as ExportedContact;
    contact.attributes = raw.attributes === null ? null : (JSON.parse(raw.attributes) as Record<string, unknown>);
    contact.keywords = raw.keywords === null ? null : (JSON.parse(raw.keywords) as string[]);
    contact.emergency = toBoolean(raw.emergency);
    contact.hasMessenger = toBoolean(raw.hasMessenger);
    contact.hasInstagram = toBoolean(raw.hasInstagram);
    contact.tags = tags.get(raw.id) ?? [];
    contact.groups = groups.get(raw.id) ?? [];
    return contact;
  });
}

function namesBy(
  db: ReadConnection,
  text: string,
  ids: string,
  names: ReadonlyMap<string, string>,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [contactId, id] of db.sql(text).raw().all(ids) as [string, string][]) {
    const name = names.get(id);
    if (name === undefined) continue;
    const list = found.get(contactId);
    if (list) list.push(name);
    else found.set(contactId, [name]);
  }
  for (const list of found.values()) if (list.length > 1) list.sort();
  return found;
}
