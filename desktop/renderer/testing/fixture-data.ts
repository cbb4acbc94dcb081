import { conversationIdOf } from '../../../shared/inbox/message.ts';
import { contactTagIdOf, tagIdOf } from '../../../shared/contacts/tag.ts';
import { idFromParts } from '../../../shared/kernel/ids.ts';
import type { FixtureTables } from './fixture-tables.ts';

export const TENANT_ID = '0b9c9c5e-3d0c-4d9b-9d8f-2f1f2c1d0a01';
export const ME = idFromParts<'user'>(TENANT_ID, 'member', 'Maya Okafor');
const STATUSES = ['new', 'contacted', 'qualified', 'won', 'lost'];
const HOUR = 3_600_000;

const FIRST =
  'Rosalind Desmond Marguerite Tomasz Anjali Calvin Sofía Bartholomew Nia Henrik Guadalupe Yusuf Philippa Kwabena Ingrid Leopold Thandiwe Ruben Oksana Winifred Mateus Clementine Abdulrahman Josephine'.split(
    ' ',
  );
const LAST =
  'Achterberg Oyelaran Fontaine Wiśniewski Venkataraman Brightwater Marroquín Quist Abernathy Sandvold Iturbide Karadağ Eastwood Mensah Halvorsen Winterbourne Ndlovu Castellanos Hrytsenko Aldous Figueiredo Harrow Saif Tremblay Pettigrew Benavides Lindqvist'.split(
    ' ',
  );
const COMPANIES = [
  'Larkspur Dental',
  'Fontaine & Daughters',
  'Quist Roofing',
  'Cascade Heat Pumps',
  'Harrow Architects',
  'Ndlovu Imports',
  null,
];
const TAGS = ['Heat pump', 'Rebate question', 'Ducted', 'Referral', 'Newsletter', 'Spring fair'];
const TALK = [
  [
    'out',
    'Morning {name}, it’s Maya at Northwell. The quote is in your inbox. Anything I can clear up before the weekend?',
  ],
  ['in', 'Thanks Maya! Looks good. We’d love to be done before my mother moves in on the 14th.'],
  ['in', 'Does the rebate come off before or after tax?'],
] as const;

const STATUS_ITEMS = [
  ['new', 'New', '#3b6fd4', false],
  ['contacted', 'Contacted', '#2f7f86', false],
  ['contact_made', 'Contact made', '#2f8a5b', true],
  ['qualified', 'Qualified', '#6d5bd0', false],
  ['appointment_scheduled', 'Appointment scheduled', '#8a5a00', true],
  ['sold', 'Sold', '#1f7a3d', true],
  ['won', 'Won', '#1f7a3d', false],
  ['lost', 'Lost', '#6b7280', false],
  ['paused', 'Paused', '#6b7280', true],
  ['dnc', 'Do not call', '#c8372b', true],
] as const;
const STAGE_ITEMS = [
  ['New lead', 10],
  ['Contacted', 20],
  ['Qualified', 40],
  ['Quote sent', 60],
  ['Won', 100],
  ['Lost', 0],
] as const;

export const stageIdAt = (place: number) => idFromParts<'stage'>(TENANT_ID, 'stage', String(place));
export const contactIdAt = (index: number) => idFromParts<'contact'>(TENANT_ID, 'contact', String(index));

/** A small company with `count` contacts: the same on every start. */
export function fillTables(tables: FixtureTables, count: number, now: number): void {
  const item = (id: string, kind: string, body: object) => tables.of('workspace_items').set(id, { id, kind, body });
  for (const [name, role] of [
    ['Maya Okafor', 'OWNER'],
    ['Theo Lindqvist', 'AGENT'],
    ['Priya Raman', 'AGENT'],
  ] as const) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@northwell.example`;
    item(idFromParts(TENANT_ID, 'member', name), 'member', { name, email, role, active: true });
  }
  item(idFromParts(TENANT_ID, 'number'), 'phone_number', { e164: '+15035550100', label: '(503) 555-0100' });
  for (const [place, [key, name, color, isSystem]] of STATUS_ITEMS.entries())
    item(idFromParts(TENANT_ID, 'status', key), 'lead_status', {
      key,
      name,
      description: null,
      color,
      displayOrder: place,
      isActive: true,
      isSystem,
      metadata: null,
    });
  const sales = idFromParts(TENANT_ID, 'pipeline', 'Sales');
  item(sales, 'pipeline', { name: 'Sales', displayOrder: 0 });
  for (const [place, [name, probability]] of STAGE_ITEMS.entries())
    item(stageIdAt(place), 'stage', { pipelineId: sales, name, displayOrder: place, probability, color: null });
  for (const name of TAGS) item(tagIdOf(TENANT_ID, name), 'tag', { name });
  for (let index = 0; index < count; index++) addContact(tables, index, now);
}

function addContact(tables: FixtureTables, index: number, now: number): void {
  const id = contactIdAt(index);
  const firstName = FIRST[index % FIRST.length] ?? '';
  const lastName = LAST[(index * 7 + Math.floor(index / FIRST.length)) % LAST.length] ?? '';
  const company = COMPANIES[index % COMPANIES.length] ?? null;
  const touchedAt = now - (9 * 60_000 + index * index * 4 * 60_000);
  const optedOut = index === 5;
  tables.of('contacts').set(id, {
    id,
    firstName,
    lastName,
    company,
    email:
      index % 4 === 3
        ? null
        : `${firstName}.${lastName}`
            .toLowerCase()
            .normalize('NFD')
            .replace(/[^a-z.]/g, '') + '@example.org',
    phone:
      index === 6
        ? null
        : index % 11 === 4
          ? `+4420794${String(60000 + index).padStart(5, '0')}`
          : `+1503555${String((142 + index * 37) % 10000).padStart(4, '0')}`,
    leadScore: index % 9 === 8 ? null : Math.max(3, 92 - Math.floor(index / 3)),
    leadStatus: STATUSES[index % STATUSES.length] ?? null,
    ownerId: index % 3 === 0 ? ME : null,
    ...(index % 5 === 4
      ? {}
      : {
          pipelineId: idFromParts(TENANT_ID, 'pipeline', 'Sales'),
          stageId: stageIdAt(index % STAGE_ITEMS.length),
          stageEnteredAt: now - index * 7 * HOUR,
        }),
    sentiment: (['hot', 'cold', 'ghosted', 'unsure', null] as const)[index % 5] ?? null,
    estimatedRevenueCents: index % 4 === 3 ? null : (1_200 + ((index * 733) % 24_000)) * 100,
    hasMessenger: index % 3 === 1,
    hasInstagram: index % 4 === 1,
    source: 'Web form',
    locale: null,
    timezone: null,
    attributes: index === 0 ? { Heating: 'Gas furnace, 2001', Home: '1978, 2,140 sq ft' } : null,
    optedOutAt: optedOut ? now - 30 * HOUR : null,
    lastInteractionAt: index % 6 === 5 ? null : Math.max(touchedAt, now - 400 * 24 * HOUR),
    createdAt: now - (index + 40) * 9 * HOUR,
    updatedAt: now - index * HOUR,
  });
  for (const tag of TAGS.filter((_, place) => (index + place * 3) % 5 === 0).slice(0, 2)) {
    const tagId = tagIdOf(TENANT_ID, tag);
    const rowId = contactTagIdOf(id, tagId);
    tables.of('contact_tags').set(rowId, { id: rowId, contactId: id, tagId, createdAt: now });
  }
  if (index < 14) addConversation(tables, { id, firstName, index, now });
}

function addConversation(
  tables: FixtureTables,
  of: { id: string; firstName: string; index: number; now: number },
): void {
  const { id: contactId, firstName, index, now } = of;
  const conversationId = conversationIdOf(contactId, 'sms');
  const start = now - (26 + index) * HOUR;
  const waits = index < 4;
  const talk = waits ? TALK : TALK.slice(0, 2);
  let last = start;
  talk.forEach(([direction, text], place) => {
    last = place === 0 ? start : now - (9 + index * 14 - place) * 60_000;
    const id = idFromParts<'message'>(conversationId, String(place));
    tables.of('messages').set(id, {
      id,
      conversationId,
      contactId,
      channel: 'sms',
      direction,
      body: text.replace('{name}', firstName),
      status: direction === 'in' ? 'received' : index === 7 ? 'failed' : 'delivered',
      failure: index === 7 ? 'the number is a landline (30006)' : null,
      authorId: direction === 'out' ? ME : null,
      createdAt: last,
      sentAt: null,
      deliveredAt: null,
    });
  });
  const lastText = talk.at(-1);
  tables.of('conversations').set(conversationId, {
    id: conversationId,
    contactId,
    channel: 'sms',
    status: index > 11 ? 'CLOSED' : 'OPEN',
    lastMessageAt: last,
    lastMessagePreview: lastText?.[1] ?? null,
    lastMessageDirection: lastText?.[0] ?? null,
    waitingSince: waits ? last : null,
    createdAt: start,
    updatedAt: last,
  });
}
