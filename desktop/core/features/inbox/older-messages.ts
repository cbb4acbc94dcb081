import { listMessages } from '../../../../shared/inbox/inbox-operations.ts';
import type { Message } from '../../../../shared/inbox/message.ts';
import { encodeCell } from '../../replica/cells.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { getReplicaTable } from '../../replica/replica-schema.ts';
import { toColumnName } from '../../../../shared/protocol/synced-table.ts';
import { readQuota } from '../../replica/local-settings.ts';

/** Asks the server for a path below its address. Throws an `AppError` when it is out of reach. */
type Ask = (path: string) => Promise<unknown>;

const PAGE = 200;
/** What was read this lately is not dropped under the reader's eyes, whatever the quota. */
const BEING_READ_MS = 10 * 60_000;

/**
 * Fetches the messages before those that are here and keeps them. Pages are counted from the newest, and what is replicated is
 * the newest without a gap, so the walk begins where that ends and stops at the first page with something new. Messages that
 * arrive meanwhile only move known ones onto the next page.
 */
export async function fetchOlderMessages(
  replica: Replica,
  ask: Ask,
  conversationId: string,
  now: number,
): Promise<{ fetched: number; more: boolean }> {
  for (let page = Math.floor(countReplicated(replica, conversationId) / PAGE) + 1; ; page += 1) {
    const answer = await ask(`/api/conversations/${conversationId}/messages?limit=${PAGE}&page=${page}`);
    const { data, total } = listMessages.output.parse(answer);
    const fetched = keep(replica, data, now);
    const more = page * PAGE < total;
    if (fetched > 0 || !more) return { fetched, more };
  }
}

/** Without those that only exist here yet. */
const countReplicated = (replica: Replica, conversationId: string): number =>
  replica
    .sql(
      `SELECT count(*) FROM messages m WHERE m.conversation_id = ? AND NOT EXISTS (
         SELECT 1 FROM pending_target t WHERE t.tbl = 'messages' AND t.id = m.id)`,
    )
    .pluck()
    .get(conversationId) as number;

function keep(replica: Replica, messages: readonly Message[], now: number): number {
  const { kinds, columns } = getReplicaTable('messages');
  return replica.tx(() => {
    let kept = 0;
    for (const message of messages) {
      if (replica.sql('SELECT 1 FROM messages WHERE id = ?').get(message.id)) continue;
      const cells = Object.fromEntries(Object.entries(message).map(([key, value]) => [toColumnName(key), value]));
      const { changes } = replica
        .sql(
          `INSERT OR IGNORE INTO older_messages (${columns.join(', ')}, used_at) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
        )
        .run(...columns.map((column) => encodeCell(kinds[column] ?? 'text', cells[column])), now);
      kept += changes;
    }
    for (const id of new Set(messages.map(({ conversationId }) => conversationId))) noteReading(replica, id, now);
    if (kept > 0) replica.touch('messages');
    return kept;
  }, 'fed');
}

/** A conversation is used, and one day dropped, as a whole: it never has holes. */
export function noteReading(replica: Replica, conversationId: string, now: number): void {
  replica.tx(
    () => void replica.sql('UPDATE older_messages SET used_at = ? WHERE conversation_id = ?').run(now, conversationId),
    'fed',
  );
}

/** What a replica holds, in bytes, without the pages that wait to be used again. */
export const bytesUsed = ({ sql }: Pick<Replica, 'sql'>): number =>
  sql(
    'SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
  )
    .pluck()
    .get() as number;

/**
 * Drops older messages that may not stay: of contacts that are gone, those that are replicated again, all of them where the
 * server does not let this person read messages; and over the quota the conversation that nobody read for longest,
 * though not one that is being read. Answers whether there may be more to drop.
 */
export function dropOlderMessages(replica: Replica, now: number): boolean {
  if (!replica.sql('SELECT 1 FROM older_messages LIMIT 1').get()) return false;
  return replica.tx(() => {
    const { changes } = replica
      .sql(
        // Contacts that are still on their way are not gone.
        `DELETE FROM older_messages WHERE (contact_id NOT IN (SELECT id FROM contacts)
             AND EXISTS (SELECT 1 FROM stream WHERE tbl = 'contacts' AND ready = 1))
           OR id IN (SELECT id FROM messages) OR EXISTS (SELECT 1 FROM stream WHERE tbl = 'messages' AND denied = 1)`,
      )
      .run();
    const quota = readQuota(replica);
    const over = quota !== null && bytesUsed(replica) > quota;
    const dropped = over
      ? replica
          .sql(
            `DELETE FROM older_messages WHERE conversation_id =
               (SELECT conversation_id FROM older_messages WHERE used_at < ? ORDER BY used_at, rid LIMIT 1)`,
          )
          .run(now - BEING_READ_MS).changes
      : 0;
    if (changes + dropped > 0) replica.touch('messages');
    return dropped > 0;
  }, 'fed');
}

const PAUSE_MS = 500;

/** Keeps older messages within what may stay, while nobody writes. */
export class OlderMessages {
  private readonly replica: Replica;
  private readonly onDropped: () => void;
  private readonly onProblem: (error: unknown) => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(replica: Replica, onDropped: () => void, onProblem: (error: unknown) => void) {
    this.replica = replica;
    this.onDropped = onDropped;
    this.onProblem = onProblem;
  }

  /** Something changed that may end the stay of some. */
  later(): void {
    this.timer ??= setTimeout(() => this.step(), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private step(): void {
    this.timer = undefined;
    if (!this.replica.db.open) return;
    try {
      if (dropOlderMessages(this.replica, Date.now())) this.later();
      this.onDropped();
    } catch (error) {
      // On a full disk, say. What may not stay goes at the next change.
      this.onProblem(error);
    }
  }
}
