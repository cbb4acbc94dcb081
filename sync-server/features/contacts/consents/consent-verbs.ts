import { CONSENT_COLUMN, CONSENT_PURPOSES } from '../../../../shared/contacts/consent-operations.ts';
import type * as operations from '../../../../shared/contacts/consent-operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { InputOf } from '../../../../shared/protocol/operation.ts';
import type { Act, Inverse, Verb } from '../../../db/act.ts';
import { lockContact } from '../contact-store.ts';
import type { ContactRow } from '../contact-table.ts';
import {
  addConsent,
  consentStateOf,
  newestRecord,
  setConsentState,
  stateOfPurpose,
  untilOf,
  type ConsentState,
  type Purpose,
} from './consent-store.ts';

export const recordConsent: Verb<typeof operations.recordConsent> = async (act, { id, contactId, ...given }) => {
  const row = await lockContact(act, contactId);
  const recordId = await addGiven(act, row, given, id);
  await conclude(act, row, 'consents.record', await stateOfPurpose(act, row.id, given.purpose), [recordId]);
  return { id: recordId };
};

/** A device's clock may be ahead: nobody agreed in the future. */
async function addGiven(
  act: Act,
  row: ContactRow,
  { givenAt = act.now, expiresAt, ...given }: Omit<InputOf<typeof operations.recordConsent>, 'id' | 'contactId'>,
  id?: string,
): Promise<string> {
  const at = Math.min(givenAt, act.now);
  if (expiresAt !== null && expiresAt <= at)
    throw new AppError('invalid_input', 'This consent would end before it begins. It was not recorded.', {
      fields: { expiresAt: 'Ends before it begins' },
    });
  return addConsent(act, row.id, { act: 'given', ...given, givenAt: at, expiresAt, ...(id ? { id } : {}) });
}

export const withdrawConsent: Verb<typeof operations.withdrawConsent> = async (act, { id, contactId, ...given }) => {
  const row = await lockContact(act, contactId);
  const recordId = await addConsent(act, row.id, { act: 'withdrawn', ...given, ...(id ? { id } : {}) });
  await conclude(act, row, 'consents.withdraw', await stateOfPurpose(act, row.id, given.purpose), [recordId]);
  return { id: recordId };
};

export const optOut: Verb<typeof operations.optOut> = async (act, { id, method, reason }) => {
  const row = await lockContact(act, id);
  const recordId = await addConsent(act, row.id, { act: 'opted_out', method, reason });
  const state = { optedOutAt: act.now, optOutMethod: method, optOutReason: reason };
  await conclude(act, row, 'contacts.optOut', state, [recordId]);
  return { id: row.id };
};

export const optIn: Verb<typeof operations.optIn> = async (act, { id, consent }) => {
  const row = await lockContact(act, id);
  const { kind, source } = consent;
  const recordIds = [
    await addConsent(act, row.id, { act: 'opted_in', kind, source, method: 'manual' }),
    await addGiven(act, row, consent),
  ];
  const state = { optedOutAt: null, optOutMethod: null, optOutReason: null };
  const agreed = await stateOfPurpose(act, row.id, consent.purpose);
  await conclude(act, row, 'contacts.optIn', { ...state, ...agreed }, recordIds);
  return { id: row.id };
};

/** Says it on the contact, and in the log with what takes it back. */
async function conclude(
  act: Act,
  row: ContactRow,
  action: string,
  state: Partial<ConsentState>,
  recordIds: readonly string[],
): Promise<void> {
  const at = await setConsentState(act, row, state);
  const was = consentStateOf(row);
  const before = Object.fromEntries(Object.keys(state).map((key) => [key, was[key as keyof ConsentState]]));
  const undo: Inverse = { name: 'consents.putBack', input: { contactId: row.id, state: before, recordIds } };
  act.audit({ action, entity: 'contact', entityId: row.id, before, after: state, undo, at });
}

type Before = { contactId: string; state: Partial<ConsentState>; recordIds?: readonly string[] };

/** Takes an act on consents back: by further records, since none is ever taken away. A no that was said since is not lifted by it. */
export async function putBackConsent(act: Act, { contactId, state, recordIds }: Before): Promise<void> {
  const row = await lockContact(act, contactId);
  const why = { cause: { kind: 'undo', id: act.newId<'undo'>() }, method: 'undo' };
  const added: string[] = [];
  for (const purpose of CONSENT_PURPOSES) {
    const until = state[CONSENT_COLUMN[purpose]];
    const now = await untilOf(act, row.id, purpose);
    if (until === undefined || now === until) continue;
    if (until !== null && until > (now ?? 0)) await assertNewest(act, row.id, purpose, recordIds);
    const given = until === null ? 'withdrawn' : 'given';
    added.push(await addConsent(act, row.id, { act: given, purpose, ...why, expiresAt: until }));
  }
  if (state.optedOutAt !== undefined) {
    if (state.optedOutAt === null) await assertNewest(act, row.id, null, recordIds);
    const said = state.optedOutAt === null ? 'opted_in' : 'opted_out';
    added.push(await addConsent(act, row.id, { act: said, ...why }));
  }
  await conclude(act, row, 'consents.putBack', state, added);
}

/** What is taken back must be the last that was said of it; acts of before this was written down do not tell. */
async function assertNewest(
  act: Act,
  contactId: string,
  purpose: Purpose | null,
  recordIds: readonly string[] | undefined,
): Promise<void> {
  const newest = await newestRecord(act, contactId, purpose);
  if (!recordIds || !newest || recordIds.includes(newest.id)) return;
  throw new AppError(
    'not_allowed_now',
    'More was said of this since, by the contact or by somebody for them. Nothing was changed; record what they agree to now.',
    { reason: 'said_since' },
  );
}
