import { contactDisplayName } from '../../../../shared/contacts/contact.ts';
import type { ExportedInteraction, ExportedTranscript } from '../../../../shared/exports/interaction-columns.ts';
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

type Line = Pick<Found, 'contactId' | 'channel' | 'direction' | 'at' | 'byId' | 'text'> & { conversationId: string };

function readPeople(db: ReadConnection, rids: readonly number[]) {
  const people = db
    .sql(
      `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.phone, c.email
       FROM json_each(?) j CROSS JOIN contacts c ON c.rid = j.value`,
    )
    .all(JSON.stringify(rids)) as Person[];
  const members = db.sql(`SELECT id, body ->> 'name' AS name FROM workspace_items WHERE kind = 'member'`).all() as {
    id: string;
    name: string;
  }[];
  return {
    ids: JSON.stringify(people.map(({ id }) => id)),
    contactName: new Map(people.map((person) => [person.id, contactDisplayName(person)])),
    memberName: new Map(members.map(({ id, name }) => [id, name])),
  };
}

export function readInteractionPage(db: ReadConnection, rids: readonly number[]): ExportedInteraction[] {
  const { ids, contactName, memberName } = readPeople(db, rids);
  const found = db.sql(INTERACTIONS).all({ ids }) as Found[];
  return found.map(({ byId, ...one }) => ({
    ...one,
    contactName: contactName.get(one.contactId) ?? '',
    by: byId === null ? null : (memberName.get(byId) ?? null),
  }));
}

export function readTranscriptPage(db: ReadConnection, rids: readonly number[]): ExportedTranscript[] {
  const { ids, contactName, memberName } = readPeople(db, rids);
  const lines = Map.groupBy(db.sql(MESSAGES).all({ ids }) as Line[], ({ conversationId }) => conversationId);
  return [...lines].flatMap(([id, said]) => {
    const [first] = said;
    const last = said.at(-1);
    if (!first || !last) return [];
    const name = contactName.get(first.contactId) ?? '';
    const speaker = ({ direction, byId }: Line) =>
      direction === 'in' ? name : ((byId && memberName.get(byId)) ?? 'Us');
    return [
      {
        id,
        contactId: first.contactId,
        contactName: name,
        channel: first.channel ?? '',
        startedAt: first.at,
        endedAt: last.at,
        messages: said.length,
        text: said.map((line) => `[${new Date(line.at).toISOString()}] ${speaker(line)}: ${line.text}`).join('\n'),
      },
    ];
  });
}
