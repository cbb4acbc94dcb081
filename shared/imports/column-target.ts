/**
 * Where a column of a file may go. `attribute` keeps it under its own header, `attribute:a.b` under a chosen path
 * (see segments/attribute-path.ts). `contactId` is our own id, in files that were exported here.
 */
export const COLUMN_TARGETS = [
  'contactId',
  'fullName',
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'leadStatus',
  'leadScore',
  'stage',
  'owner',
  'sentiment',
  'estimatedRevenue',
  'actualRevenue',
  'emergency',
  'source',
  'locale',
  'timezone',
  'tags',
  'groups',
  'keywords',
  'facebookPage',
  'messengerPsid',
  'instagramSid',
  'hasMessenger',
  'hasInstagram',
  'profilePicUrl',
  'marketingConsent',
  'marketingConsentAt',
  'marketingConsentUntil',
  'automatedConsent',
  'automatedConsentAt',
  'automatedConsentUntil',
  'consentSource',
  'consentKind',
  'optedOut',
  'optOutReason',
  'doNotCall',
  'attribute',
  'ignore',
] as const;

export type NamedTarget = (typeof COLUMN_TARGETS)[number];
export type ColumnTarget = NamedTarget | `attribute:${string}`;
