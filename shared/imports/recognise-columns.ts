import { toSearchText } from '../kernel/search-text.ts';
import type { ColumnTarget } from './import-draft.ts';

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
const HEADERS: Readonly<Partial<Record<ColumnTarget, readonly string[]>>> = {
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

export type RecognisedColumns = { format: string; targets: ColumnTarget[] };

/** What wrote the file and where each of its columns goes. A person can change every one. */
export function recogniseColumns(headers: readonly string[]): RecognisedColumns {
  const folded = headers.map(toSearchText);
  const format = FORMATS.find((f) => f.headers.every((header) => folded.includes(header)))?.name ?? 'CSV';
  const targets: ColumnTarget[] = folded.map((header) =>
    header === '' || IGNORED.has(header) ? 'ignore' : 'attribute',
  );
  for (const [target, spellings] of Object.entries(HEADERS) as [ColumnTarget, readonly string[]][]) {
    const best = spellings.map((spelling) => folded.indexOf(spelling)).find((at) => at >= 0);
    if (best !== undefined && targets[best] === 'attribute') targets[best] = target;
  }
  // A whole name is only needed where its parts are missing; beside them it is the same thing again.
  if (targets.includes('firstName') || targets.includes('lastName'))
    return { format, targets: targets.map((target) => (target === 'fullName' ? 'ignore' : target)) };
  return { format, targets };
}
