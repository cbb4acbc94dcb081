import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { mayMoveTo } from '../../../shared/inbox/message.ts';
import { systemOf, type Perform } from '../../db/act.ts';
import type { Pool } from '../../db/pool.ts';
import type { Receipt } from '../../ports/carrier.ts';
import { messages } from './message-table.ts';
import { webhookEvents } from './webhook-event-table.ts';

/** Moves a message on by what the carrier says of it. Late, repeated and out-of-order receipts change nothing. */
export async function applyReceipt(pool: Pool, perform: Perform, receipt: Receipt): Promise<void> {
  const { vendor, vendorId, messageId, status, failure, raw } = receipt;
  const [known] = await drizzle(pool)
    .select({ id: messages.id, tenantId: messages.tenantId })
    .from(messages)
    .where(messageId ? eq(messages.id, messageId) : eq(messages.vendorId, vendorId));
  if (!known) return;
  await perform(systemOf(known.tenantId), async ({ tx, now, newId, tenantId, audit }) => {
    await tx
      .insert(webhookEvents)
      .values({
        id: newId(),
        tenantId,
        vendor,
        kind: 'receipt',
        vendorEventId: `${vendorId} ${status}`,
        payload: raw,
        receivedAt: now,
      })
      .onConflictDoNothing();
    const [row] = await tx.select().from(messages).where(eq(messages.id, known.id)).for('update');
    if (!row || row.direction !== 'out' || !mayMoveTo(row.status, status)) return;
    await tx
      .update(messages)
      .set({
        status,
        failure,
        vendorId: row.vendorId ?? vendorId,
        ...(status === 'failed' ? {} : { sentAt: row.sentAt ?? now }),
        ...(status === 'delivered' ? { deliveredAt: now } : {}),
      })
      .where(eq(messages.id, row.id));
    if (status === 'failed')
      audit({ action: 'messages.fail', entity: 'message', entityId: row.id, after: { failure } });
  });
}
