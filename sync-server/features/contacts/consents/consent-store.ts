import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import { CONSENT_COLUMN, type CONSENT_PURPOSES } from '../../../../shared/contacts/consent-operations.ts';
import { NO_END } from '../../../../shared/contacts/contact.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { Act } from '../../../db/act.ts';
import { nextUpdatedAt } from '../../../db/row-clock.ts';
import { contacts, type ContactRow } from '../contact-table.ts';
import { consents, type ConsentRow } from './consent-table.ts';

export type Purpose = (typeof CONSENT_PURPOSES)[number];
export type Consent = Pick<ConsentRow, 'act'> & Partial<Omit<ConsentRow, 'tenantId' | 'contactId' | 'createdAt'>>;

/** What a contact itself says of all this, for who only asks whether. */
export type ConsentState = Pick<
  ContactRow,
  'marketingConsentUntil' | 'automatedConsentUntil' | 'optedOutAt' | 'optOutMethod' | 'optOutReason'
>;

export const consentStateOf = (row: ContactRow): ConsentState => ({
  marketingConsentUntil: row.marketingConsentUntil,
  automatedConsentUntil: row.automatedConsentUntil,
  optedOutAt: row.optedOutAt,
  optOutMethod: row.optOutMethod,
  optOutReason: row.optOutReason,
});

/** Adds a record of a locked contact. Answers its id. */
export async function addConsent(act: Act, contactId: string, given: Consent): Promise<string> {
  const { tx, tenantId, userId, deviceId, now } = act;
  const id = given.id ?? act.newId();
  const made = await tx
    .insert(consents)
    .values({ givenAt: now, userId, deviceId, ...given, id, tenantId, contactId, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: consents.id });
  if (!made.length) throw new AppError('conflict', 'A record with this id exists already. Nothing was changed.');
  return id;
}

/** The newest record of a purpose or, without one, of whether they are written to at all; of those made `since` a moment. */
export async function newestRecord(
  { tx }: Act,
  contactId: string,
  purpose: Purpose | null,
  since = 0,
): Promise<ConsentRow | undefined> {
  const about = purpose ? eq(consents.purpose, purpose) : inArray(consents.act, ['opted_out', 'opted_in']);
  const [newest] = await tx
    .select()
    .from(consents)
    .where(and(eq(consents.contactId, contactId), gte(consents.createdAt, since), about))
    .orderBy(desc(consents.givenAt), desc(consents.createdAt), desc(consents.id))
    .limit(1);
  return newest;
}

/** Until when the newest record of a purpose says they agree; undefined where there is none. */
export async function untilOf(act: Act, contactId: string, purpose: Purpose): Promise<number | null | undefined> {
  const newest = await newestRecord(act, contactId, purpose);
  if (!newest) return undefined;
  return newest.act === 'given' ? (newest.expiresAt ?? NO_END) : null;
}

/** Says on the contact what its records say, and answers when that was. */
export async function setConsentState(act: Act, row: ContactRow, state: Partial<ConsentState>): Promise<number> {
  const updatedAt = nextUpdatedAt(act.now, row.updatedAt);
  await act.tx
    .update(contacts)
    .set({ ...state, updatedAt })
    .where(eq(contacts.id, row.id));
  return updatedAt;
}

/** The column of a purpose as its records say now. */
export async function stateOfPurpose(act: Act, contactId: string, purpose: Purpose): Promise<Partial<ConsentState>> {
  return { [CONSENT_COLUMN[purpose]]: (await untilOf(act, contactId, purpose)) ?? null };
}
