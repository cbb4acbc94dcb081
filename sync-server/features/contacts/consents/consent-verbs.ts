import type * as operations from '../../../../shared/contacts/consent-operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { InputOf } from '../../../../shared/protocol/operation.ts';
import type { Act, Inverse, Verb } from '../../../db/act.ts';
import { lockContact } from '../contact-store.ts';
import type { ContactRow } from '../contact-table.ts';
import {
  addConsent,
  consentStateOf,
  setConsentState,
  stateOfPurpose,
  untilOf,
  type ConsentState,
  type Purpose,
} from './consent-store.ts';

export const recordConsent: Verb<typeof operations.recordConsent> = async (act, { id, contactId, ...given }) => {
  const row = await lockContact(act, contactId);
  const recordId = await addGiven(act, row, given, id);
  await conclude(act, row, 'consents.record', await stateOfPurpose(act, row.id, given.purpose));
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
  await conclude(act, row, 'consents.withdraw', await stateOfPurpose(act, row.id, given.purpose));
  return { id: recordId };
};

export const optOut: Verb<typeof operations.optOut> = async (act, { id, method, reason }) => {
  const row = await lockContact(act, id);
  await addConsent(act, row.id, { act: 'opted_out', method, reason });
  await conclude(act, row, 'contacts.optOut', { optedOutAt: act.now, optOutMethod: method, optOutReason: reason });
  return { id: row.id };
};

export const optIn: Verb<typeof operations.optIn> = async (act, { id, consent }) => {
  const row = await lockContact(act, id);
  await addConsent(act, row.id, { act: 'opted_in', kind: consent.kind, source: consent.source, method: 'manual' });
  await addGiven(act, row, consent);
  await conclude(act, row, 'contacts.optIn', {
    optedOutAt: null,
    optOutMethod: null,
    optOutReason: null,
    ...(await stateOfPurpose(act, row.id, consent.purpose)),
  });
  return { id: row.id };
};

/** Says it on the contact, and in the log with what takes it back. */
async function conclude(act: Act, row: ContactRow, action: string, state: Partial<ConsentState>): Promise<void> {
  const at = await setConsentState(act, row, state);
  const was = consentStateOf(row);
  const before = Object.fromEntries(Object.keys(state).map((key) => [key, was[key as keyof ConsentState]]));
  const undo: Inverse = { name: 'consents.putBack', input: { contactId: row.id, state: before } };
  act.audit({ action, entity: 'contact', entityId: row.id, before, after: state, undo, at });
}

/** Takes an act on consents back: by further records, since none is ever taken away. */
export async function putBackConsent(
  act: Act,
  { contactId, state }: { contactId: string; state: Partial<ConsentState> },
): Promise<void> {
  const row = await lockContact(act, contactId);
  const cause = { kind: 'undo', id: act.newId<'undo'>() };
  const method = 'undo';
  for (const purpose of ['marketing', 'automated'] as const) {
    const until = state[`${purpose}ConsentUntil`];
    if (until !== undefined) await putBackPurpose(act, row, purpose, until, { cause, method });
  }
  if (state.optedOutAt !== undefined)
    await addConsent(act, row.id, { act: state.optedOutAt === null ? 'opted_in' : 'opted_out', method, cause });
  await conclude(act, row, 'consents.putBack', state);
}

async function putBackPurpose(
  act: Act,
  row: ContactRow,
  purpose: Purpose,
  until: number | null,
  why: { cause: unknown; method: string },
): Promise<void> {
  if ((await untilOf(act, row.id, purpose)) === until) return;
  await addConsent(act, row.id, {
    act: until === null ? 'withdrawn' : 'given',
    purpose,
    ...why,
    expiresAt: until,
  });
}
