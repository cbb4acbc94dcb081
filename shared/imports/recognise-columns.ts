import { toSearchText } from '../kernel/search-text.ts';
import { fromOwnHeader, OWN_ID_HEADER } from './own-headers.ts';
import { COLUMN_TARGETS, type ColumnTarget, type NamedTarget } from './column-target.ts';

/** Headers that only one program writes, folded. The first format with all of them is what the file is. */
const FORMATS: readonly { name: string; headers: readonly string[] }[] = [
  { name: 'Google Contacts', headers: ['e-mail 1 - value', 'phone 1 - value'] },
  { name: 'Google Contacts', headers: ['given name', 'phone 1 - value'] },
  { name: 'HubSpot', headers: ['record id', 'first name', 'phone number'] },
  { name: 'HubSpot', headers: ['record id - contact'] },
  { name: 'HubSpot', headers: ['lifecycle stage', 'email'] },
  { name: 'Outlook', headers: ['e-mail address', 'mobile phone'] },
  { name: 'Outlook', headers: ['e-mail address', 'business phone'] },
];

/**
 * Headers by what they mean, folded, best first: where two columns mean the same (mobile and business phone) the first one
 * listed here wins and the others become attributes.
 */
const HEADERS: Readonly<Partial<Record<NamedTarget, readonly string[]>>> = {
  firstName: ['first name', 'firstname', 'given name', 'forename', 'vorname', 'prenom', 'nombre'],
  lastName: ['last name', 'lastname', 'family name', 'surname', 'nachname', 'nom', 'apellido', 'apellidos'],
  fullName: ['name', 'full name', 'fullname', 'contact name', 'display name', 'contact', 'customer', 'client'],
  company: [
    'company',
    'company name',
    'organization',
    'organisation',
    'organization name',
    'organization 1 - name',
    'associated company',
    'account name',
    'employer',
    'business',
    'firma',
  ],
  email: [
    'email',
    'e-mail',
    'email address',
    'e-mail address',
    'e-mail 1 - value',
    'email 1',
    'primary email',
    'work email',
    'mail',
    'correo',
  ],
  phone: [
    'phone',
    'phone number',
    'mobile phone',
    'mobile phone number',
    'mobile',
    'cell',
    'cell phone',
    'phone 1 - value',
    'telephone',
    'tel',
    'primary phone',
    'business phone',
    'home phone',
    'whatsapp',
    'telefon',
    'handy',
    'telefono',
  ],
  leadScore: ['lead score', 'score', 'hubspot score'],
  leadStatus: ['lead status', 'status'],
  stage: ['stage', 'pipeline stage', 'deal stage'],
  owner: ['contact owner', 'owner email', 'owner', 'assigned to', 'lead owner', 'account owner'],
  sentiment: ['mood', 'sentiment'],
  estimatedRevenue: ['estimated revenue', 'expected value', 'deal value', 'value', 'amount', 'opportunity amount'],
  actualRevenue: ['actual revenue', 'total revenue', 'lifetime value'],
  groups: ['groups', 'group', 'list', 'lists', 'static list memberships'],
  keywords: ['keywords'],
  facebookPage: ['facebook page', 'page'],
  messengerPsid: ['messenger id', 'psid', 'messenger psid'],
  instagramSid: ['instagram id', 'instagram sid'],
  marketingConsent: [
    'marketing consent',
    'consent',
    'opt in',
    'opt-in',
    'opted in',
    'email opt in',
    'marketing permission',
    'gdpr consent',
    'legal basis consent',
  ],
  marketingConsentAt: ['marketing consent date', 'consent date', 'opt-in date', 'opt in date', 'consented at'],
  marketingConsentUntil: ['marketing consent until', 'consent expires', 'consent until', 'consent expiry'],
  automatedConsent: ['automated consent', 'call consent', 'tcpa consent', 'autodialer consent'],
  automatedConsentAt: ['automated consent date', 'call consent date'],
  automatedConsentUntil: ['automated consent until', 'call consent until'],
  consentSource: ['consent source', 'opt-in source', 'opt in source'],
  consentKind: ['consent kind', 'consent type', 'consent method'],
  optedOut: [
    'opted out',
    'unsubscribed',
    'unsubscribed from all email',
    'email opt out',
    'has opted out of email',
    'opt out',
    'opt-out',
  ],
  optOutReason: ['opt-out reason', 'opt out reason', 'unsubscribe reason'],
  doNotCall: ['do not call', 'dnc', 'do not contact'],
  source: ['source', 'lead source', 'original source', 'utm source'],
  locale: ['locale', 'language', 'preferred language'],
  timezone: ['timezone', 'time zone'],
  tags: ['tags', 'tag', 'labels', 'label', 'group membership', 'categories', 'segments'],
};

/** Columns that programs export and nobody wants on a contact. */
const IGNORED = new Set([
  'record id',
  'record id - contact',
  'id',
  'photo',
  'file as',
  'e-mail 1 - label',
  'phone 1 - label',
  'e-mail 1 - type',
  'phone 1 - type',
]);

/** Programs that write for us say what they mean. */
const OWN_NAMES = new Set<string>(COLUMN_TARGETS);

export type RecognisedColumns = { format: string; targets: ColumnTarget[] };

/** What wrote the file and where each of its columns goes. A person can change every one. */
export function recogniseColumns(headers: readonly string[]): RecognisedColumns {
  if (headers.includes(OWN_ID_HEADER)) return { format: 'Switchboard', targets: headers.map(fromOwnHeader) };
  const folded = headers.map(toSearchText);
  const format = FORMATS.find((f) => f.headers.every((header) => folded.includes(header)))?.name ?? 'CSV';
  const targets: ColumnTarget[] = folded.map((header, i) => {
    if (OWN_NAMES.has(headers[i] ?? '')) return headers[i] as ColumnTarget;
    return header === '' || IGNORED.has(header) ? 'ignore' : 'attribute';
  });
  for (const [target, spellings] of Object.entries(HEADERS) as [NamedTarget, readonly string[]][]) {
    const best = spellings.map((spelling) => folded.indexOf(spelling)).find((at) => at >= 0);
    if (best !== undefined && targets[best] === 'attribute' && !targets.includes(target)) targets[best] = target;
  }
  // A whole name is only needed where its parts are missing; beside them it is the same thing again.
  if (targets.includes('firstName') || targets.includes('lastName'))
    return { format, targets: targets.map((target) => (target === 'fullName' ? 'ignore' : target)) };
  return { format, targets };
}
