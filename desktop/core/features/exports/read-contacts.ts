import { contactsTable } from '../../../../shared/contacts/contact-columns.ts';
import type { ExportedContact } from '../../../../shared/exports/contact-columns.ts';
import { toColumnName } from '../../../../shared/protocol/synced-table.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import type { FileNames } from '../../../../shared/exports/export-names.ts';

type Raw = Record<'attributes' | 'keywords' | 'tags' | 'groups', string | null> &
  Record<'emergency' | 'hasMessenger' | 'hasInstagram', number | null>;

/** The database makes the records, tags and groups with them: a million rows are read for a file. */
const SELECT = `SELECT c.id, ${Object.keys(contactsTable.columns)
  .filter((key) => !key.startsWith('aiContext'))
  .map((key) => `c.${toColumnName(key)} AS "${key}"`)
  .join(', ')},
    (SELECT group_concat(t.tag_id) FROM contact_tags t WHERE t.contact_id = c.id) AS tags,
    (SELECT group_concat(g.group_id) FROM group_members g WHERE g.contact_id = c.id) AS "groups"
  FROM json_each(?) j CROSS JOIN contacts c ON c.rid = j.value`;

/** Contacts by rid, in that order; those that are gone are left out. */
export function readContactPage(
  db: ReadConnection,
  rids: readonly number[],
  names: Pick<FileNames, 'tags' | 'groups'>,
): ExportedContact[] {
  return (db.sql(SELECT).all(JSON.stringify(rids)) as Raw[]).map((raw) => {
    // The record is ours alone: changing it is cheaper than making another.
    const contact = raw as unknown as ExportedContact;
    contact.attributes = raw.attributes === null ? null : (JSON.parse(raw.attributes) as Record<string, unknown>);
    contact.keywords = raw.keywords === null ? null : (JSON.parse(raw.keywords) as string[]);
    contact.emergency = toBoolean(raw.emergency);
    contact.hasMessenger = toBoolean(raw.hasMessenger);
    contact.hasInstagram = toBoolean(raw.hasInstagram);
    contact.tags = namesIn(raw.tags, names.tags);
    contact.groups = namesIn(raw.groups, names.groups);
    return contact;
  });
}

const toBoolean = (cell: number | null): boolean | null => (cell === null ? null : cell === 1);

function namesIn(ids: string | null, names: ReadonlyMap<string, string>): string[] {
  if (ids === null) return [];
  const found = ids.split(',').flatMap((id) => names.get(id) ?? []);
  return found.length > 1 ? found.toSorted() : found;
}
