import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/tx.ts';
import { conversations } from './conversation-table.ts';

/** The conversation, or null where the tenant has none of that id. */
export async function findConversation(
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<typeof conversations.$inferSelect | null> {
  const [row] = await tx
    .select()
    .from(conversations)
    .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, id)));
  return row ?? null;
}
