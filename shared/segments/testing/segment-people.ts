import type { SegmentContact } from '../evaluate-segment.ts';
import type { KnownSegment, SegmentContext } from '../prepare-rule.ts';
import { segmentRule } from '../segment.ts';

/** An id that says what it is the id of. */
const idOf = (kind: number, n: number): string => `${kind}0000000-0000-4000-8000-00000000000${n}`;

export const TENANT = idOf(9, 1);
export const OWNER = [idOf(1, 1), idOf(1, 2)] as const;
export const PIPELINE = [idOf(2, 1), idOf(2, 2)] as const;
export const STAGE = [idOf(3, 1), idOf(3, 2), idOf(3, 3)] as const;
export const PAGE = [idOf(4, 1), idOf(4, 2)] as const;
export const GROUP = [idOf(5, 1), idOf(5, 2), idOf(5, 3)] as const;
/** 1 dynamic, 2 dynamic over 1, 3 static, 4 and 5 over each other, 6 of a newer version, 7 is not there. */
export const SEGMENT = [1, 2, 3, 4, 5, 6, 7].map((n) => idOf(6, n));
const segmentAt = (n: number): string => SEGMENT[n - 1] ?? '';

const at = (text: string): number => Date.parse(text);
/** No end: 9999-12-31. */
const NO_END = 253_402_214_400_000;

const segments = new Map<string, KnownSegment>([
  [segmentAt(1), { kind: 'dynamic', rule: segmentRule.parse({ field: 'leadScore', op: 'atLeast', value: 51 }) }],
  [
    segmentAt(2),
    {
      kind: 'dynamic',
      rule: segmentRule.parse({
        all: [
          { field: 'segment', op: 'in', id: segmentAt(1) },
          { field: 'tags', op: 'any', names: ['vip'] },
        ],
      }),
    },
  ],
  [segmentAt(3), { kind: 'static' }],
  [segmentAt(4), { kind: 'dynamic', rule: { any: [{ field: 'segment', op: 'in', id: segmentAt(5) }] } }],
  [
    segmentAt(5),
    {
      kind: 'dynamic',
      rule: segmentRule.parse({
        any: [
          { field: 'segment', op: 'in', id: segmentAt(4) },
          { field: 'firstName', op: 'is', value: 'Ada' },
        ],
      }),
    },
  ],
  [segmentAt(6), { kind: 'dynamic', rule: null }],
]);

/** Noon in UTC; in New York it is the morning of the same day. */
export const CONTEXT: SegmentContext = {
  now: at('2026-03-15T12:00:00Z'),
  zone: 'America/New_York',
  tenantId: TENANT,
  findSegment: (id) => segments.get(id) ?? null,
};

const NOTHING: SegmentContact = {
  firstName: null,
  lastName: null,
  company: null,
  email: null,
  phone: null,
  source: null,
  locale: null,
  timezone: null,
  leadScore: null,
  estimatedRevenueCents: null,
  actualRevenueCents: null,
  createdAt: at('2026-02-01T12:00:00Z'),
  updatedAt: at('2026-02-01T12:00:00Z'),
  lastInteractionAt: null,
  lastInboundAt: null,
  lastOutboundAt: null,
  stageEnteredAt: null,
  statusEnteredAt: null,
  leadStatus: null,
  ownerId: null,
  pipelineId: null,
  stageId: null,
  facebookPageId: null,
  sentiment: null,
  hasMessenger: null,
  hasInstagram: null,
  emergency: null,
  optedOutAt: null,
  doNotCallAt: null,
  marketingConsentUntil: null,
  automatedConsentUntil: null,
  attributes: null,
  tags: [],
  groups: [],
};

/** Contacts that between them have every odd case; each is called by its key. */
export const PEOPLE: Readonly<Record<string, SegmentContact>> = {
  ada: {
    ...NOTHING,
    firstName: 'Ada',
    lastName: 'Lovelace',
    company: 'Analytical Engines',
    email: 'ada@engines.example',
    phone: '+14155550100',
    source: 'Referral',
    locale: 'en-GB',
    timezone: 'Europe/London',
    leadScore: 90,
    estimatedRevenueCents: 1_000_000,
    actualRevenueCents: 250_000,
    // Still the last evening of 2025 in New York.
    createdAt: at('2026-01-01T04:59:59.999Z'),
    lastInteractionAt: at('2026-03-15T11:59:59Z'),
    lastInboundAt: at('2026-03-14T12:00:00Z'),
    lastOutboundAt: at('2026-03-15T11:00:00Z'),
    stageEnteredAt: at('2026-03-08T12:00:00Z'),
    statusEnteredAt: at('2026-03-01T00:00:00Z'),
    leadStatus: 'qualified',
    ownerId: OWNER[0],
    pipelineId: PIPELINE[0],
    stageId: STAGE[0],
    facebookPageId: PAGE[0],
    sentiment: 'hot',
    hasMessenger: true,
    hasInstagram: true,
    emergency: false,
    marketingConsentUntil: NO_END,
    automatedConsentUntil: at('2026-03-15T12:00:00.001Z'),
    attributes: JSON.parse(
      `{"city":"New York","age":36,"interests":["technology","poetry"],"home":{"city":"London","rooms":{"count":4}},"vip":true,
        "since":"2024-05-01","a.b":"dotted","__proto__":"inherited","say \\"hi\\"":"quoted","b\\\\c":"slashed","0":"zero","naïve":"ï"}`,
    ) as unknown,
    tags: ['vip', 'Warm lead'],
    groups: [GROUP[0], GROUP[1], segmentAt(3)],
  },
  jose: {
    ...NOTHING,
    firstName: 'José',
    lastName: 'Núñez',
    company: 'Groß & Söhne  GmbH',
    email: 'Jose@Example.org',
    phone: '+4930901820',
    source: 'ADA campaign',
    locale: 'de',
    leadScore: 75,
    estimatedRevenueCents: 0,
    // The first moment of 2026 in New York.
    createdAt: at('2026-01-01T05:00:00Z'),
    lastInboundAt: at('2026-03-01T12:00:00Z'),
    lastOutboundAt: at('2026-02-28T12:00:00Z'),
    statusEnteredAt: at('2026-03-08T06:59:59.999Z'),
    leadStatus: 'contact_made',
    ownerId: OWNER[1],
    pipelineId: PIPELINE[0],
    stageId: STAGE[1],
    facebookPageId: PAGE[1],
    sentiment: 'cold',
    hasMessenger: true,
    hasInstagram: false,
    emergency: true,
    marketingConsentUntil: at('2026-03-15T12:00:00Z'),
    attributes: {
      city: 'new  york ',
      age: '25',
      interests: 'Technology and more',
      vip: 'True',
      since: '2024-05-02T10:00:00Z',
      home: 'none',
    },
    tags: ['VIP'],
    groups: [GROUP[1]],
  },
  bob: {
    ...NOTHING,
    firstName: 'Bob',
    lastName: "O'Neil",
    company: '100% Real_Deal [Inc]',
    email: 'bob@example.org',
    phone: '+442079460000',
    source: 'referral partner',
    leadScore: 50,
    estimatedRevenueCents: 999_999,
    actualRevenueCents: 0,
    createdAt: at('2026-01-31T05:00:00Z'),
    // Exactly fourteen days ago, to the millisecond.
    lastInboundAt: at('2026-03-01T12:00:00.000Z'),
    leadStatus: 'new',
    pipelineId: PIPELINE[1],
    stageId: STAGE[2],
    sentiment: 'ghosted',
    hasInstagram: true,
    optedOutAt: at('2026-01-05T00:00:00Z'),
    automatedConsentUntil: at('2027-01-01T00:00:00Z'),
    attributes: { city: null, age: 25.5, interests: [], vip: false, home: { city: ['London'] } },
    tags: ['bounced'],
  },
  cyd: {
    ...NOTHING,
    firstName: 'cyd',
    company: '  analytical   engines ',
    email: '',
    leadScore: 25,
    createdAt: at('2026-02-01T04:59:59.999Z'),
    lastInboundAt: at('2026-03-01T11:59:59.999Z'),
    leadStatus: 'new',
    doNotCallAt: at('2026-02-02T00:00:00Z'),
    attributes: {
      city: '',
      age: '25.50',
      interests: [25, 'x', null, { technology: 1 }, true],
      since: '2024-04-30',
      zip: 501,
    },
    tags: ['vip', 'bounced', 'warm lead'],
    groups: [GROUP[0]],
  },
  dan: {
    ...NOTHING,
    firstName: '',
    lastName: 'ΣΊΣΥΦΟΣ',
    company: 'Οδυσσεύς ΑΕ',
    phone: '+390612345678',
    leadScore: 51,
    createdAt: at('2026-02-01T05:00:00Z'),
    updatedAt: at('2026-03-15T12:00:00Z'),
    leadStatus: 'won_back',
    attributes: { age: '1e3', city: ['New York'], since: '01/05/2024', zip: '00501' },
    tags: ['Ärzte'],
  },
  eve: {
    ...NOTHING,
    firstName: 'Eve 🎉',
    lastName: 'İstanbul',
    leadScore: 0,
    lastInteractionAt: at('2026-03-16T00:00:00Z'),
    attributes: { age: -5, city: { name: 'New York' }, since: 20_240_501, big: 1e21, zip: '501' },
    groups: [GROUP[2]],
  },
  fay: {
    ...NOTHING,
    firstName: 'ﬁona',
    lastName: 'بن علي',
    company: 'Ⅷ 株式会社',
    leadScore: 100,
    attributes: { age: ' 36', city: 'NEW YORK', since: '2024-05-01x', vip: 'yes', home: { city: 'london', rooms: {} } },
  },
  gus: { ...NOTHING, attributes: {} },
  hal: { ...NOTHING, leadScore: 26, attributes: { age: '12345678901234567', interests: 'tech' } },
};
