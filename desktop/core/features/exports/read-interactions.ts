import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import type { ExportedInteraction, ExportedTranscript } from '../../../../shared/exports/interaction-columns.ts';
import { toTranscripts, type TranscriptLine } from '../../../../shared/exports/to-transcripts.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';

type Person = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
};

/** With the names of contacts and members. Messages are those that this computer keeps. */
const INTERACTIONS = `
  SELECT m.id, m.contact_id AS contactId, 'message' AS kind, m.channel, m.direction, m.created_at AS at, m.author_id AS byId,
    m.body AS text, NULL AS dueAt, NULL AS completedAt
  FROM json_each(@ids) j CROSS JOIN messages m ON m.contact_id = j.value
  UNION ALL
  SELECT n.id, n.contact_id, 'note', NULL, NULL, n.created_at, n.author_id, n.body, NULL, NULL
  FROM json_each(@ids) j CROSS JOIN notes n ON n.contact_id = j.value
  UNION ALL
  SELECT t.id, t.contact_id, 'task', NULL, NULL, t.created_at, t.owner_id, t.title || coalesce(char(10) || t.body, ''), t.due_at, t.completed_at
  FROM json_each(@ids) j CROSS JOIN tasks t ON t.contact_id = j.value
  ORDER BY 2, 6`;

type Found = Omit<ExportedInteraction, 'contactName' | 'by'> & { byId: string | null };

const MESSAGES = `
  SELECT m.conversation_id AS conversationId, m.contact_id AS contactId, m.channel, m.direction, m.created_at AS at,
    m.author_id AS byId, m.body AS text
  FROM json_each(@ids) j CROSS JOIN messages m ON m.contact_id = j.value
  ORDER BY m.contact_id, m.conversation_id, m.created_at, m.rid`;

function readPeople(db: ReadConnection, rids: readonly number[]) {
  const people = db
    .sql(
      `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.phone, c.email
       FROM json_each(?) j CROSS JOIN contacts c ON c.rid = j.value`,
    )
    .all(JSON.stringify(rids)) as Person[];
  return {
    ids: JSON.stringify(people.map(({ id }) => id)),
    contactName: new Map(people.map((person) => [person.id, contactDisplayName(person)])),
  };
}

type MemberNames = ReadonlyMap<string, string>;

export function readInteractionPage(
  db: ReadConnection,
  rids: readonly number[],
  memberName: MemberNames,
): ExportedInteraction[] {
  const { ids, contactName } = readPeople(db, rids);
  const found = db.sql(INTERACTIONS).all({ ids }) as Found[];
  return found.map(({ byId, ...one }) => ({
    ...one,
    contactName: contactName.get(one.contactId) ?? '',
    by: byId === null ? null : (memberName.get(byId) ?? null),
  }));
}

export function readTranscriptPage(
  db: ReadConnection,
  rids: readonly number[],
  memberName: MemberNames,
): ExportedTranscript[] {
  const { ids, contactName } = readPeople(db, rids);
  return toTranscripts(db.sql(MESSAGES).all({ ids }) as TranscriptLine[], contactName, memberName);
}
