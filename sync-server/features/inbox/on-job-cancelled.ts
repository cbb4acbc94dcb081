import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { subscribe, type Subscriber } from '../../events/event.ts';
import { DELIVER_MESSAGE } from './deliver-message.ts';
import { messages } from './message-table.ts';

/** A text whose sending was taken back says so, instead of waiting for ever. */
export const onJobCancelled: Subscriber = subscribe('job.cancelled', async ({ tx, tenantId, audit }, { job, data }) => {
  if (job !== DELIVER_MESSAGE.name) return;
  const { messageId } = z.object({ messageId: z.uuid() }).parse(data);
  const failure = 'Its sending was cancelled before it left. It was not sent.';
  const { rowCount } = await tx
    .update(messages)
    .set({ status: 'failed', failure })
    .where(and(eq(messages.tenantId, tenantId), eq(messages.id, messageId), eq(messages.status, 'queued')));
  if (rowCount) audit({ action: 'messages.fail', entity: 'message', entityId: messageId, after: { failure } });
});
