import type { ConversationRow, MessageRow } from '../../../../shared/bridge/bridge-contract.ts';
import { conversation, message, type Conversation, type Message } from '../../../../shared/inbox/message.ts';
import type { Cells } from '../../replica/cells.ts';
import type { Answers } from '../../replica/query-context.ts';
import type { ReadConnection } from '../../replica/read-connection.ts';
import { findPendingIds, toRecord } from '../../replica/read-rows.ts';

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
  'messages.list': ({ db }, { conversationId, limit }) => {
    const rows = db
      .sql('SELECT * FROM messages WHERE conversation_id = ? ORDER BY created_at DESC, rid DESC LIMIT ?')
      .all(conversationId, limit + 1) as Cells[];
    const shown = rows.slice(0, limit).toReversed();
    const pending = findPendingIds(
      db,
      'messages',
      shown.map(({ id }) => String(id)),
    );
    return {
      rows: shown.map((cells): MessageRow => {
        const record = pick<Message>(toRecord('messages', cells), Object.keys(message.shape));
        return { ...record, pending: pending.has(record.id) };
      }),
      more: rows.length > limit,
    };
  },
};

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
