import type { ContactDetail, ContactRow, LastMessage, SyncMark } from '../../../../shared/bridge/contacts-contract.ts';
import type { Cells } from '../../replica/cells.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { toRecord } from '../../replica/read-rows.ts';

type Fields = Omit<ContactDetail, 'tags' | 'groupIds' | 'lastMessage' | 'sync' | 'optedOut'>;
type Beside = { tags: Map<string, string[]>; marks: Map<string, SyncMark>; messages: Map<string, LastMessage> };

/** Contacts by rid, in the order of the list; null where one is gone. Tags and marks come in one query each. */
export function listContactRows(db: ReadConnection, rids: readonly number[]): (ContactRow | null)[] {
  const found = db
    .sql('SELECT c.* FROM json_each(?) j CROSS JOIN contacts c ON c.rid = j.value')
    .all(JSON.stringify(rids)) as (Cells & { rid: number })[];
  const ids = found.map(({ id }) => String(id));
  const beside = readBeside(db, ids);
  const rowByRid = new Map(
    found.map((cells) => [cells.rid, toContactRow(toRecord<Fields>('contacts', cells), beside)]),
  );
  return rids.map((rid) => rowByRid.get(rid) ?? null);
}

const readBeside = (db: ReadConnection, ids: readonly string[]): Beside => ({
  tags: listTags(db, ids),
  marks: listMarks(db, ids),
  messages: listLastMessages(db, ids),
});

export function findContactDetail(db: ReadConnection, id: string): ContactDetail | null {
  const cells = db.sql('SELECT * FROM contacts WHERE id = ?').get(id) as Cells | undefined;
  return cells ? toContactDetail(db, cells) : null;
}

/** The oldest contact with this phone number, in E.164. */
export function findContactByPhone(db: ReadConnection, phone: string): ContactDetail | null {
  const cells = db.sql('SELECT * FROM contacts WHERE phone = ? ORDER BY rid LIMIT 1').get(phone) as Cells | undefined;
  return cells ? toContactDetail(db, cells) : null;
}

function toContactDetail(db: ReadConnection, cells: Cells): ContactDetail {
  const fields = toRecord<Fields & { rid: number; nameKey: string; search: string }>('contacts', cells);
  const groupIds = db.sql('SELECT group_id FROM group_members WHERE contact_id = ?').pluck().all(fields.id) as string[];
  return { ...fields, ...toContactRow(fields, readBeside(db, [fields.id])), groupIds };
}

function toContactRow(fields: Fields, { tags, marks, messages }: Beside): ContactRow {
  const { id, firstName, lastName, company, phone, email, leadScore, leadStatus, ownerId } = fields;
  const { pipelineId, stageId, stageEnteredAt, sentiment, estimatedRevenueCents, actualRevenueCents } = fields;
  const { profilePicUrl, hasMessenger, hasInstagram, facebookPageId, emergency } = fields;
  const { lastInteractionAt, createdAt, optedOutAt } = fields;
  return {
    id,
    firstName,
    lastName,
    company,
    phone,
    email,
    leadScore,
    leadStatus,
    ownerId,
    tags: tags.get(id) ?? [],
    pipelineId,
    stageId,
    stageEnteredAt,
    sentiment,
    estimatedRevenueCents,
    actualRevenueCents,
    profilePicUrl,
    hasMessenger,
    hasInstagram,
    facebookPageId,
    emergency,
    lastMessage: messages.get(id) ?? null,
    lastInteractionAt,
    createdAt,
    optedOut: optedOutAt !== null,
    sync: marks.get(id) ?? { pending: [], refused: false },
  };
}

/** Of several conversations with one contact the one that moved last. */
function listLastMessages(db: ReadConnection, ids: readonly string[]): Map<string, LastMessage> {
  const rows = db
    .sql(
      `SELECT v.contact_id AS contactId, v.id AS conversationId, v.channel, v.last_message_direction AS direction,
         v.last_message_preview AS preview, v.last_message_at AS at
       FROM json_each(?) j CROSS JOIN conversations v ON v.contact_id = j.value
       WHERE v.last_message_at IS NOT NULL ORDER BY v.last_message_at`,
    )
    .all(JSON.stringify(ids)) as ({ contactId: string } & LastMessage)[];
  return new Map(rows.map(({ contactId, ...message }) => [contactId, message]));
}

function listTags(db: ReadConnection, ids: readonly string[]): Map<string, string[]> {
  const rows = db
    .sql(
      `SELECT t.contact_id AS id, w.body ->> 'name' AS name FROM json_each(?) j
         CROSS JOIN contact_tags t ON t.contact_id = j.value JOIN workspace_items w ON w.id = t.tag_id
       ORDER BY name`,
    )
    .all(JSON.stringify(ids)) as { id: string; name: string }[];
  const byContact = new Map<string, string[]>();
  for (const { id, name } of rows) byContact.set(id, [...(byContact.get(id) ?? []), name]);
  return byContact;
}

function listMarks(db: ReadConnection, ids: readonly string[]): Map<string, SyncMark> {
  const rows = db
    .sql(
      `SELECT DISTINCT m.subject AS id, m.field, r.write_id IS NOT NULL AS refused FROM json_each(?) j
         CROSS JOIN write_mark m ON m.subject = j.value LEFT JOIN refused_write r ON r.write_id = m.write_id`,
    )
    .all(JSON.stringify(ids)) as { id: string; field: string; refused: number }[];
  const byContact = new Map<string, SyncMark>();
  for (const { id, field, refused } of rows) {
    const mark = byContact.get(id) ?? { pending: [], refused: false };
    if (refused) mark.refused = true;
    else mark.pending.push(field);
    byContact.set(id, mark);
  }
  return byContact;
}
