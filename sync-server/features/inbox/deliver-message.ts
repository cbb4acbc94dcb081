import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { mayMoveTo } from '../../../shared/inbox/message.ts';
import { systemOf, type Act, type Perform } from '../../db/act.ts';
import { JobRetry, type JobDefinition, type JobKind } from '../../jobs/job-definition.ts';
import type { Carrier, OutboundText, SendOutcome } from '../../ports/carrier.ts';
import { findContact, holdContact } from '../contacts/contact-read-model.ts';
import type { ContactDirectory } from './contact-directory.ts';
import { messages } from './message-table.ts';

export const DELIVER_MESSAGE: JobKind = {
  name: 'messages.deliver',
  retryLimit: 6,
  retryDelaySeconds: 2,
  concurrency: 4,
};

type DeliverParts = { perform: Perform; carrier: Pick<Carrier, 'sendText'>; directory: ContactDirectory };

/**
 * Hands a queued text to the carrier: queued → sending → sent, or failed with words. `sending` is committed before the text
 * leaves; a job that finds it there was interrupted in between and does not send again, since a person might get it twice.
 */
export const deliverMessage = ({ perform, carrier, directory }: DeliverParts): JobDefinition => ({
  kind: DELIVER_MESSAGE,
  async run(data, { isLastAttempt }) {
    const { tenantId, messageId } = z.object({ tenantId: z.uuid(), messageId: z.uuid() }).parse(data);
    const actor = systemOf(tenantId);
    const text = await perform(actor, (act) => takeForSending(act, messageId));
    if (!text) return;
    const outcome = await carrier.sendText(text);
    await perform(actor, (act) => recordOutcome(act, directory, messageId, outcome, isLastAttempt));
    if (outcome.status === 'retry' && !isLastAttempt) throw new JobRetry(outcome.reason);
  },
});

async function lockMessage({ tx, tenantId }: Act, id: string) {
  const [row] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.tenantId, tenantId), eq(messages.id, id)))
    .for('update');
  return row ?? null;
}

/** The text, now `sending`; null when there is nothing to send (deleted, sent already, or not allowed any more). */
async function takeForSending(act: Act, id: string): Promise<OutboundText | null> {
  const row = await lockMessage(act, id);
  if (!row) return null;
  if (row.status === 'sending' && row.vendorId === null) {
    await fail(
      act,
      id,
      'The server stopped while sending, so nobody knows whether this arrived. It was not sent again.',
    );
    return null;
  }
  if (row.status !== 'queued') return null;
  const contact = await findContact(act.tx, act.tenantId, row.contactId);
  if (contact?.optedOutAt !== null) {
    await fail(act, id, 'This contact has asked not to be texted (STOP) before this could be sent.');
    return null;
  }
  await act.tx.update(messages).set({ status: 'sending' }).where(eq(messages.id, id));
  return { messageId: id, from: row.fromAddress ?? '', to: row.toAddress ?? '', body: row.body };
}

/** Before its message, as everybody does who deletes or merges a contact: else both wait for each other, and what was sent would say that nobody knows. */
async function holdContactOf({ tx, tenantId }: Act, messageId: string): Promise<void> {
  const [known] = await tx
    .select({ contactId: messages.contactId })
    .from(messages)
    .where(and(eq(messages.tenantId, tenantId), eq(messages.id, messageId)));
  if (known) await holdContact(tx, tenantId, known.contactId);
}

async function recordOutcome(
  act: Act,
  directory: ContactDirectory,
  id: string,
  outcome: SendOutcome,
  isLastAttempt: boolean,
): Promise<void> {
  await holdContactOf(act, id);
  const row = await lockMessage(act, id);
  if (!row) return;
  if (outcome.status === 'sent') {
    const moved = mayMoveTo(row.status, 'sent') ? { status: 'sent' as const, sentAt: act.now } : {};
    await act.tx
      .update(messages)
      .set({ vendorId: outcome.vendorId, sentAt: row.sentAt ?? act.now, ...moved })
      .where(eq(messages.id, id));
    await directory.noteInteraction(act, row.contactId, { direction: 'out' });
    return;
  }
  if (outcome.status === 'retry' && !isLastAttempt) {
    // Certainly not sent: the next attempt may begin anew.
    await act.tx.update(messages).set({ status: 'queued' }).where(eq(messages.id, id));
    return;
  }
  await fail(act, id, outcome.reason);
  if (outcome.status === 'rejected' && outcome.optedOut)
    await directory.noteInteraction(act, row.contactId, { direction: null, optedOutAt: act.now });
}

async function fail(act: Act, id: string, failure: string): Promise<void> {
  await act.tx.update(messages).set({ status: 'failed', failure }).where(eq(messages.id, id));
  act.audit({ action: 'messages.fail', entity: 'message', entityId: id, after: { failure } });
}
