import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/tx.ts';
import { findKeptConversationId } from '../contacts/merge/alias-read-model.ts';
import { conversations } from './conversation-table.ts';

type ConversationRow = typeof conversations.$inferSelect;

/** The conversation, or null where the tenant has none of that id; of one whose contact was merged, the one that it went into. */
export async function findConversation(tx: Tx, tenantId: string, id: string): Promise<ConversationRow | null> {
  const row = await findItself(tx, tenantId, id);
  if (row) return row;
  const keptId = await findKeptConversationId(tx, tenantId, id);
  return keptId === null ? null : findItself(tx, tenantId, keptId);
}

async function findItself(tx: Tx, tenantId: string, id: string): Promise<ConversationRow | null> {
  const [row] = await tx
    .select()
    .from(conversations)
    .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, id)));
  return row ?? null;
}
