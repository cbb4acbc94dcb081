import type { ColumnTarget, NamedTarget } from './column-target.ts';

/** By this column a file is known to come from here. */
export const OWN_ID_HEADER = 'Switchboard ID';

/** The headers of our own files, in their order. They are not translated, so that a file means the same everywhere. */
export const OWN_HEADERS = {
  contactId: OWN_ID_HEADER,
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  email: 'Email',
  phone: 'Phone',
  leadStatus: 'Status',
  leadScore: 'Score',
  stage: 'Stage',
  owner: 'Owner',
  sentiment: 'Mood',
  estimatedRevenue: 'Expected value',
  actualRevenue: 'Actual revenue',
  emergency: 'Emergency',
  source: 'Source',
  locale: 'Language',
  timezone: 'Time zone',
  tags: 'Tags',
  groups: 'Groups',
  keywords: 'Keywords',
  facebookPage: 'Page',
  messengerPsid: 'Messenger ID',
  instagramSid: 'Instagram ID',
  hasMessenger: 'On Messenger',
  hasInstagram: 'On Instagram',
  profilePicUrl: 'Picture',
  marketingConsent: 'Marketing consent',
  marketingConsentUntil: 'Marketing consent until',
  automatedConsent: 'Automated consent',
  automatedConsentUntil: 'Automated consent until',
  optedOut: 'Opted out',
  optOutReason: 'Opt-out reason',
  doNotCall: 'Do not call',
} as const satisfies Partial<Record<NamedTarget, string>>;

export type OwnTarget = keyof typeof OWN_HEADERS;

/** What our files tell that nobody imports. */
export const TOLD_HEADERS = { createdAt: 'Added', lastInteractionAt: 'Last contact' } as const;

const TARGET = new Map<string, ColumnTarget>([
  ...Object.entries(OWN_HEADERS).map(([target, header]) => [header, target as OwnTarget] as const),
  ...Object.values(TOLD_HEADERS).map((header) => [header, 'ignore'] as const),
]);
const PREFIX = 'Attribute: ';

/** The header of an attribute's column, by its path: itself, unless that means something else. */
export const attributeHeader = (path: string): string =>
  TARGET.has(path) || path.startsWith(PREFIX) || path.trim() !== path || path === '' ? PREFIX + path : path;

export function fromOwnHeader(header: string): ColumnTarget {
  const path = header.startsWith(PREFIX) ? header.slice(PREFIX.length) : header;
  return TARGET.get(header) ?? `attribute:${path}`;
}
