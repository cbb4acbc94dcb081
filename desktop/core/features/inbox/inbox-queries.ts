import type { ConversationRow } from '../../../../shared/bridge/bridge-contract.ts';
import type { MessageRow } from '../../../../shared/bridge/contacts-contract.ts';
import { conversation, message, type Conversation, type Message } from '../../../../shared/inbox/message.ts';
import type { Cells } from '../../replica/cells.ts';
import { numbered } from '../../replica/open-replica.ts';
import { getReplicaTable } from '../../replica/replica-schema.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findPendingIds, toRecord } from '../../replica/read-rows.ts';
import { readMessageWindow } from '../../replica/local-settings.ts';

const FILTERS = {
  waiting: `status = 'OPEN' AND waiting_since IS NOT NULL ORDER BY waiting_since, rid`,
  open: `status = 'OPEN' ORDER BY last_message_at DESC, rid DESC`,
  done: `status IN ('CLOSED', 'ARCHIVED') ORDER BY last_message_at DESC, rid DESC`,
} as const;

export const inboxQueries: Answers<'conversations.list' | 'conversations.get' | 'messages.list'> = {
  'conversations.list': ({ db }, { filter, limit }) => {
    const rows = db.sql(`SELECT * FROM conversations WHERE ${FILTERS[filter]} LIMIT ?`).all(limit) as Cells[];
    const counts = db
      .sql(`SELECT count(*) AS "open", count(waiting_since) AS waiting FROM conversations WHERE status = 'OPEN'`)
      .get() as { open: number; waiting: number };
    return { rows: toConversationRows(db, rows), ...counts };
  },
  'conversations.get': ({ db }, { id }) => {
    const cells = db.sql('SELECT * FROM conversations WHERE id = ?').get(id) as Cells | undefined;
    return cells ? (toConversationRows(db, [cells])[0] ?? null) : null;
  },
  'messages.list': ({ db, now }, { conversationId, limit }) => {
    const rows = db.sql(NEWEST_MESSAGES).all({ conversationId, limit: limit + 1 }) as Cells[];
    const shown = rows.slice(0, limit).toReversed();
    const pending = findPendingIds(
      db,
      'messages',
      shown.map(({ id }) => String(id)),
    );
    const more = rows.length > limit;
    return {
      rows: shown.map((cells): MessageRow => {
        const record = pick<Message>(toRecord('messages', cells), Object.keys(message.shape));
        return { ...record, pending: pending.has(record.id) };
      }),
      more,
      older: !more && mayHaveOlder(db, conversationId, now()),
    };
  },
};

// Both tables are read from their ends and merged. A message that came back into the window is shown once, from there.
const newestOf = (table: string, but = '') =>
  `SELECT * FROM (SELECT ${getReplicaTable('messages').columns.join(', ')} FROM ${table}
     WHERE conversation_id = @conversationId ${but} ORDER BY created_at DESC, rid DESC LIMIT @limit)`;
const NEWEST_MESSAGES = `${newestOf('messages')}
  UNION ALL ${newestOf('older_messages', 'AND id NOT IN (SELECT id FROM messages)')}
  ORDER BY created_at DESC, id DESC LIMIT @limit`;

const DAY_MS = 86_400_000;

/** Whether a conversation began before the messages that this computer keeps. */
function mayHaveOlder(db: ReadConnection, id: string, now: number): boolean {
  const days = readMessageWindow(db);
  if (days === null) return false;
  const oldest = db
    .sql(
      `SELECT min((SELECT coalesce(min(created_at), ?1) FROM messages WHERE conversation_id = ?2),
         (SELECT coalesce(min(created_at), ?1) FROM older_messages WHERE conversation_id = ?2))`,
    )
    .pluck()
    .get(numbered<string | number>(now, id)) as number;
  const begunAt = db.sql('SELECT created_at FROM conversations WHERE id = ?').pluck().get(id);
  return typeof begunAt === 'number' && begunAt < now - days * DAY_MS && begunAt < oldest;
}

function toConversationRows(db: ReadConnection, rows: readonly Cells[]): ConversationRow[] {
  const records = rows.map((cells) =>
    pick<Conversation>(toRecord('conversations', cells), Object.keys(conversation.shape)),
  );
  const pending = findPendingIds(
    db,
    'conversations',
    records.map(({ id }) => id),
  );
  const people = db
    .sql(
      `SELECT id, first_name AS firstName, last_name AS lastName, phone, email, lead_score AS leadScore
       FROM contacts WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(records.map(({ contactId }) => contactId))) as ConversationRow['contact'][];
  const personById = new Map(people.map((person) => [person.id, person]));
  return records.map((record) => ({
    ...record,
    // The contact may arrive a moment after the conversation: they come by two shapes.
    contact: personById.get(record.contactId) ?? {
      id: record.contactId,
      firstName: null,
      lastName: null,
      phone: null,
      email: null,
      leadScore: null,
    },
    pending: pending.has(record.id),
  }));
}

const pick = <T>(record: Record<string, unknown>, keys: readonly string[]): T =>
  Object.fromEntries(keys.map((key) => [key, record[key] ?? null])) as T;
