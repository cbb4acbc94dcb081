import { eq, sql } from 'drizzle-orm';
import type { Act } from '../../db/act.ts';
import { nextUpdatedAtSql } from '../../db/row-clock.ts';
import { addConsent, type ConsentState } from './consents/consent-store.ts';
import { contactKeys } from './contact-keys.ts';
import { lockContact } from './contact-store.ts';
import { findContactByPhone, holdContact } from './contact-read-model.ts';
import { findMergedByPhone } from './merge/alias-read-model.ts';
import { wholeFields } from './contact-fields.ts';
import { contacts } from './contact-table.ts';

/**
 * The contact who has this phone number or had it before a merge, made if there is none. Two first messages at once make one contact:
 * the number is locked until the act is done.
 */
export async function findOrCreateByPhone(act: Act, phone: string, source: string): Promise<string> {
  const { tx, tenantId, now, newId, audit } = act;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${tenantId + phone}, 0))`);
  // Who writes from the number they had before they were merged is the one that was kept.
  const knownId = (await findContactByPhone(tx, tenantId, phone))?.id ?? (await findMergedByPhone(tx, tenantId, phone));
  // Merged at this moment, it goes on by another id.
  const held = knownId === null ? null : await holdContact(tx, tenantId, knownId);
  if (held) return held.id;
  const id = newId<'contact'>();
  const fields = wholeFields({ phone, source });
  await tx.insert(contacts).values({ ...fields, ...contactKeys(fields), id, tenantId, createdAt: now, updatedAt: now });
  audit({ action: 'contacts.create', entity: 'contact', entityId: id, after: { phone, source } });
  await act.publish({ type: 'contacts.added', contactIds: [id] });
  return id;
}

type Interaction = { direction: 'in' | 'out' | null; optedOutAt?: number | null };

/** Notes that we heard from or wrote to a contact, and what they said about being texted: absent leaves that as it is. */
export async function noteInteraction(act: Act, id: string, { direction, optedOutAt }: Interaction): Promise<void> {
  const { tx, now, audit } = act;
  const told = optedOutAt === undefined ? {} : await recordWish(act, id, direction, optedOutAt);
  const heard = direction === 'in' ? { lastInboundAt: now } : direction === 'out' ? { lastOutboundAt: now } : {};
  const [row] = await tx
    .update(contacts)
    .set({
      ...(direction && { lastInteractionAt: now }),
      ...heard,
      updatedAt: nextUpdatedAtSql(now, contacts.updatedAt),
      ...told,
    })
    .where(eq(contacts.id, id))
    .returning({ updatedAt: contacts.updatedAt });
  if (optedOutAt === undefined || !row) return;
  const action = optedOutAt === null ? 'contacts.optIn' : 'contacts.optOut';
  audit({ action, entity: 'contact', entityId: id, after: { optedOutAt }, at: row.updatedAt });
}

/** What they said or a carrier told becomes a record like any other. Who says START without having said STOP says nothing new. */
async function recordWish(
  act: Act,
  id: string,
  direction: Interaction['direction'],
  optedOutAt: number | null,
): Promise<Partial<ConsentState>> {
  if (optedOutAt !== null) {
    const method = direction === 'in' ? 'STOP' : 'carrier';
    await addConsent(act, id, { act: 'opted_out', method, source: 'SMS' });
    return { optedOutAt, optOutMethod: method, optOutReason: null };
  }
  const { optedOutAt: was } = await lockContact(act, id);
  if (was !== null) await addConsent(act, id, { act: 'opted_in', kind: 'text', method: 'START', source: 'SMS' });
  return { optedOutAt: null, optOutMethod: null, optOutReason: null };
}
