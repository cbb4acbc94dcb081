import type { ContactFields } from '../../../../shared/contacts/contact.ts';
import type { ImportedConsent } from '../../../../shared/imports/import-row.ts';
import { wholeFields } from '../contact-fields.ts';

/** What an import may say on a contact itself. */
export type ImportedFields = ContactFields & {
  stageId: string | null;
  optedOutAt: number | null;
  optOutMethod: string | null;
  optOutReason: string | null;
  doNotCallAt: number | null;
  /** Of new contacts alone: those that are there get theirs from all their records. */
  marketingConsentUntil: number | null;
  automatedConsentUntil: number | null;
};

export const wholeImported = (some: Partial<ImportedFields>): ImportedFields => ({
  ...wholeFields(some),
  stageId: null,
  optedOutAt: null,
  optOutMethod: null,
  optOutReason: null,
  doNotCallAt: null,
  marketingConsentUntil: null,
  automatedConsentUntil: null,
  ...some,
});

export type Planned = { id: string; fields: ImportedFields };
export type PlannedConsent = Omit<ImportedConsent, 'givenAt'> & { contactId: string; givenAt: number };

type Column = readonly [
  field: keyof ImportedFields,
  column: string,
  type: 'text' | 'int' | 'bigint' | 'uuid' | 'boolean' | 'jsonb' | 'instant',
];

/** Where each field is kept, in the order of a record. */
export const IMPORTED_COLUMNS: readonly Column[] = [
  ['firstName', 'first_name', 'text'],
  ['lastName', 'last_name', 'text'],
  ['company', 'company', 'text'],
  ['email', 'email', 'text'],
  ['phone', 'phone', 'text'],
  ['leadScore', 'lead_score', 'int'],
  ['leadStatus', 'lead_status', 'text'],
  ['ownerId', 'owner_id', 'uuid'],
  ['source', 'source', 'text'],
  ['locale', 'locale', 'text'],
  ['timezone', 'timezone', 'text'],
  ['attributes', 'attributes', 'jsonb'],
  ['messengerPsid', 'messenger_psid', 'text'],
  ['instagramSid', 'instagram_sid', 'text'],
  ['profilePicUrl', 'profile_pic_url', 'text'],
  ['hasMessenger', 'has_messenger', 'boolean'],
  ['hasInstagram', 'has_instagram', 'boolean'],
  ['facebookPageId', 'facebook_page_id', 'uuid'],
  ['sentiment', 'sentiment', 'text'],
  ['estimatedRevenueCents', 'estimated_revenue_cents', 'bigint'],
  ['actualRevenueCents', 'actual_revenue_cents', 'bigint'],
  ['emergency', 'emergency', 'boolean'],
  ['keywords', 'keywords', 'jsonb'],
  ['stageId', 'stage_id', 'uuid'],
  ['optedOutAt', 'opted_out_at', 'instant'],
  ['optOutMethod', 'opt_out_method', 'text'],
  ['optOutReason', 'opt_out_reason', 'text'],
  ['doNotCallAt', 'do_not_call_at', 'instant'],
  ['marketingConsentUntil', 'marketing_consent_until', 'instant'],
  ['automatedConsentUntil', 'automated_consent_until', 'instant'],
];
