import type { JoinedThread } from '../../../../../shared/bridge/duplicates-contract.ts';
import { conversationIdOf } from '../../../../../shared/inbox/message.ts';
import type { Cells } from '../../../replica/cells.ts';
import type { ReadConnection } from '../../../replica/read-connection.ts';
import { toRecord } from '../../../replica/read-rows.ts';

type Thread = {
  id: string;
  channel: string;
  phoneNumberId: string | null;
  status: string;
  lastMessageAt: number | null;
  lastMessagePreview: string | null;
  lastMessageDirection: string | null;
  waitingSince: number | null;
  createdAt: number;
  updatedAt: number;
};

/**
 * A contact has one conversation a channel, whose id says so: those of the merged one go into the kept one's. As the server unites them:
 * open where either was, waiting since the first that waits, its last message the later one.
 */
export function joinedThreads(db: ReadConnection, keepId: string, mergeId: string, most: number): JoinedThread[] {
  return listThreads(db, mergeId).map((from) => {
    const id = conversationIdOf(keepId, from.channel);
    const into = findThread(db, id);
    const messages = db
      .sql('SELECT id FROM messages WHERE conversation_id = ? ORDER BY created_at DESC LIMIT ?')
      .pluck()
      .all(from.id, most) as string[];
    return { id, fromId: from.id, isNew: into === null, values: into ? united(into, from) : wholeOf(from), messages };
  });
}

const listThreads = (db: ReadConnection, contactId: string): Thread[] =>
  (db.sql('SELECT * FROM conversations WHERE contact_id = ? ORDER BY id').all(contactId) as Cells[]).map((cells) =>
    toRecord<Thread>('conversations', cells),
  );

function findThread(db: ReadConnection, id: string): Thread | null {
  const cells = db.sql('SELECT * FROM conversations WHERE id = ?').get(id) as Cells | undefined;
  return cells ? toRecord<Thread>('conversations', cells) : null;
}

function united(into: Thread, from: Thread): JoinedThread['values'] {
  const last = (from.lastMessageAt ?? 0) > (into.lastMessageAt ?? 0) ? from : into;
  const waits = [into.waitingSince, from.waitingSince].filter((at) => at !== null);
  return {
    status: [into.status, from.status].includes('OPEN') ? 'OPEN' : into.status,
    waitingSince: waits.length > 0 ? Math.min(...waits) : null,
    lastMessageAt: last.lastMessageAt,
    lastMessagePreview: last.lastMessagePreview,
    lastMessageDirection: last.lastMessageDirection,
  };
}

function wholeOf(from: Thread): JoinedThread['values'] {
  const { channel, phoneNumberId, status, lastMessageAt, lastMessagePreview, lastMessageDirection, waitingSince } =
    from;
  const { createdAt, updatedAt } = from;
  return {
    channel,
    phoneNumberId,
    status,
    lastMessageAt,
    lastMessagePreview,
    lastMessageDirection,
    waitingSince,
    createdAt,
    updatedAt,
  };
}
