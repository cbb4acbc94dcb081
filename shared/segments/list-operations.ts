import { z } from 'zod';
import { contact } from '../contacts/contact.ts';
import { listOf, listQuery } from '../protocol/list.ts';
import { operation } from '../protocol/operation.ts';
import { SORT_KEYS } from './contact-view.ts';
import { PLATFORMS } from './platform-rule.ts';
import { SCORE_BANDS } from './score-band.ts';
import { segmentRule } from './segment.ts';

const TAG_MODES = ['all', 'any', 'none'] as const;
const BANDS = SCORE_BANDS.map(({ band }) => band);

const fromText = (typed: unknown): unknown => {
  if (typeof typed !== 'string') return typed;
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
};

const score = z.coerce.number().int().min(0).max(100);
const names = z
  .union([z.string().max(5_000), z.array(z.string().max(60)).max(100)])
  .transform((typed) =>
    (typeof typed === 'string' ? typed.split(',') : typed).map((name) => name.trim()).filter(Boolean),
  );

/**
 * Whom a list is about. Everything that is said is joined by “and”. Dates are days in the workspace’s zone, both included; `tags` are
 * names with commas between, of which a contact has all, unless `tagMode` says otherwise. `rule` is a whole rule (see segment.ts) as JSON.
 * A word that is not known is refused: it would mean everybody.
 */
export const contactFilter = z.strictObject({
  search: z.string().trim().max(200).optional(),
  dateFrom: z.iso.date().optional(),
  dateTo: z.iso.date().optional(),
  pageId: z.uuid().optional(),
  platform: z.enum(PLATFORMS).optional(),
  minScore: score.optional(),
  maxScore: score.optional(),
  scoreRange: z.enum(BANDS).optional(),
  pipelineId: z.uuid().optional(),
  stageId: z.uuid().optional(),
  leadStatus: z.string().trim().min(1).max(60).optional(),
  ownerId: z.uuid().optional(),
  tags: names.optional(),
  tagMode: z.enum(TAG_MODES).default('all'),
  segmentId: z.uuid().optional(),
  rule: z
    .preprocess(fromText, segmentRule)
    .meta({ examples: [{ all: [] }] })
    .optional(),
});

export type ContactFilter = z.output<typeof contactFilter>;

export const CONTACT_SORTS = [...SORT_KEYS, 'date'] as const;

/** `date` is when they were added. */
export const listContacts = operation({
  name: 'contacts.list',
  kind: 'query',
  agent: true,
  summary: 'List contacts: searched by name, phone, e-mail or company, filtered, or by a segment.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/contacts' }],
  input: listQuery(CONTACT_SORTS).extend(contactFilter.shape).strict(),
  output: listOf(contact),
});

/** All of them, whatever the page that is shown: what an act on everybody of a filter is about. */
export const listContactIds = operation({
  name: 'contacts.ids',
  kind: 'query',
  summary: 'List the ids of all contacts that a filter means.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/contacts/ids' }],
  input: contactFilter,
  output: z.object({ data: z.array(z.uuid()), total: z.number().int() }),
});

export const countContacts = operation({
  name: 'contacts.count',
  kind: 'query',
  agent: true,
  summary: 'Count the contacts that a filter means.',
  role: 'VIEWER',
  routes: [{ method: 'GET', path: '/contacts/total-count' }],
  input: contactFilter,
  output: z.object({ totalCount: z.number().int() }),
});
