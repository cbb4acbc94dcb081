import { eq } from 'drizzle-orm';
import { CONSENT_COLUMN, CONSENT_PURPOSES } from '../../../../shared/contacts/consent-operations.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { addConsent, newestRecord, untilOf, type Consent } from '../consents/consent-store.ts';
import type { ConsentRow } from '../consents/consent-table.ts';
import { lockContact } from '../contact-store.ts';
import { contacts, type ContactRow } from '../contact-table.ts';
import type { ContactMerge } from './contact-merge-table.ts';

/**
 * Says anew on both what they agree to; the records are where they belong again. A no that was said while the two were one was said by both,
 * since nobody knows which of them it was: who comes back takes it along. A yes stays with the kept one.
 */
export async function divideConsents(act: Act, merge: ContactMerge, kept: ContactRow): Promise<void> {
  await sayAnew(act, kept.id, await purposesOf(act, kept.id));
  const merged = await lockContact(act, merge.mergedId);
  const refusals = {
    ...(await withdrawnSince(act, merge, kept.id)),
    ...(await optedOutSince(act, merge, kept, merged)),
  };
  await sayAnew(act, merged.id, refusals);
}

async function sayAnew(act: Act, id: string, said: Partial<ContactRow>): Promise<void> {
  if (!Object.keys(said).length) return;
  const { updatedAt } = await lockContact(act, id);
  await act.tx
    .update(contacts)
    .set({ ...said, updatedAt: nextUpdatedAt(act.now, updatedAt) })
    .where(eq(contacts.id, id));
}

/** What the merge had changed of it counts no more where there are records. */
async function purposesOf(act: Act, id: string): Promise<Partial<ContactRow>> {
  const state: Partial<ContactRow> = {};
  for (const purpose of CONSENT_PURPOSES) {
    const until = await untilOf(act, id, purpose);
    if (until !== undefined) state[CONSENT_COLUMN[purpose]] = until;
  }
  return state;
}

async function withdrawnSince(act: Act, merge: ContactMerge, keptId: string): Promise<Partial<ContactRow>> {
  const state: Partial<ContactRow> = {};
  for (const purpose of CONSENT_PURPOSES) {
    const said = await newestRecord(act, keptId, purpose, merge.at);
    if (said?.act !== 'withdrawn') continue;
    await addConsent(act, merge.mergedId, { ...wordsOf(said), purpose, cause: { kind: 'undo', id: merge.id } });
    state[CONSENT_COLUMN[purpose]] = null;
  }
  return state;
}

async function optedOutSince(
  act: Act,
  merge: ContactMerge,
  kept: ContactRow,
  merged: ContactRow,
): Promise<Partial<ContactRow>> {
  const state: Partial<ContactRow> = {};
  const said = await newestRecord(act, kept.id, null, merge.at);
  if (said?.act === 'opted_out' && merged.optedOutAt === null) {
    await addConsent(act, merged.id, { ...wordsOf(said), cause: { kind: 'undo', id: merge.id } });
    Object.assign(state, { optedOutAt: said.givenAt, optOutMethod: said.method, optOutReason: said.reason });
  }
  if (merged.doNotCallAt === null && kept.doNotCallAt !== null && kept.doNotCallAt >= merge.at)
    state.doNotCallAt = kept.doNotCallAt;
  return state;
}

const wordsOf = ({ act, source, method, reason, givenAt }: ConsentRow): Consent => ({
  act,
  source,
  method,
  reason,
  givenAt,
});
