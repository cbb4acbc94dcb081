import { z } from 'zod';
import { toSearchText } from '../kernel/search-text.ts';
import { pathOfKeys } from './attribute-path.ts';
import { segmentRule, type SegmentRule } from './segment.ts';
import { type ConsentKind, MAX_LIST, type RuleLeaf } from './segment-leaf.ts';

const names = z.array(z.string().trim().min(1)).max(MAX_LIST);
const some = z.union([z.string().transform((name) => [name]), names]);
const sides = z.strictObject({ include: some.optional(), exclude: some.optional() });
const included = some.transform((include): z.output<typeof sides> => ({ include }));

/** A record of zod's would drop the key `__proto__`, and with it a condition. */
const asItIs = z
  .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .meta({ examples: [{ city: 'New York', age: { greater_than: 25 }, interests: { contains: 'technology' } }] });

/** Criteria as the source documents write them. */
export const sourceCriteria = z.strictObject({
  tags: z.union([included, sides]).optional(),
  includeTags: some.optional(),
  excludeTags: some.optional(),
  segmentIds: some.optional(),
  attributes: asItIs.optional(),
  hasConsent: z.boolean().optional(),
  consentType: some.optional(),
  leadStatus: z.union([included, sides]).optional(),
  leadStatuses: z.union([included, sides]).optional(),
  includeLeadStatuses: some.optional(),
  excludeLeadStatuses: some.optional(),
  continuousInclusion: z.boolean().optional(),
});
type Criteria = z.output<typeof sourceCriteria>;

const WRAPPERS = ['filterCriteria', 'criteria', 'filters', 'entryCriteria'] as const;

export type SourceRule =
  | { ok: true; rule: SegmentRule; kind: 'dynamic' | 'static' | null }
  | { ok: false; message: string };

/**
 * A rule from criteria as other systems write them: `{tags: {include, exclude}, attributes: {city: "New York", age: {greater_than: 25}},
 * hasConsent, consentType, leadStatus: {include, exclude}, segmentIds, continuousInclusion}`, bare or inside `filterCriteria`. All of
 * them must hold; of included tags, statuses and segments any one does. What is not known is refused, never ignored: a condition that
 * is left out means other people.
 */
export function readSourceRule(input: unknown): SourceRule {
  const read = sourceCriteria.safeParse(unwrap(input));
  if (!read.success) return refused(read.error.issues[0]);
  const parts: SegmentRule[] = [];
  try {
    parts.push(...partsOf(read.data));
  } catch (error) {
    if (error instanceof NotUnderstood) return { ok: false, message: error.message };
    throw error;
  }
  const rule = segmentRule.safeParse(join('all', parts));
  if (!rule.success) return refused(rule.error.issues[0]);
  const { continuousInclusion: follows } = read.data;
  return { ok: true, rule: rule.data, kind: follows === undefined ? null : follows ? 'dynamic' : 'static' };
}

/** Whether anything here says whom a segment means. */
export const hasCriteria = (input: Readonly<Record<string, unknown>>): boolean =>
  Object.keys({ ...sourceCriteria.shape, filterCriteria: null }).some(
    (key) => key !== 'continuousInclusion' && input[key] !== undefined,
  );

class NotUnderstood extends Error {}

const refused = (issue: z.core.$ZodIssue | undefined): SourceRule => {
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.');
  return {
    ok: false,
    message: `These criteria are not understood${keys ? `: ${keys}` : ''}. ${issue?.message ?? ''}`.trim(),
  };
};

/** `{name, criteria: {...}, continuousInclusion}` as well as the criteria alone. */
function unwrap(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const wrapper = WRAPPERS.find((key) => key in input);
  if (!wrapper) return input;
  const { [wrapper]: inside, ...rest } = input as Record<string, unknown>;
  return typeof inside === 'object' && inside !== null ? { ...inside, ...rest } : inside;
}

const join = (how: 'all' | 'any', parts: readonly SegmentRule[]): SegmentRule => {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return how === 'all' ? { all: [...parts] } : { any: [...parts] };
};

function partsOf(read: Criteria): SegmentRule[] {
  const statuses = [read.leadStatus, read.leadStatuses];
  return [
    ...[read.tags?.include, read.includeTags].flatMap((list) =>
      listed(list, (all) => ({ field: 'tags', op: 'any', names: all })),
    ),
    ...[read.tags?.exclude, read.excludeTags].flatMap((list) =>
      listed(list, (all) => ({ field: 'tags', op: 'none', names: all })),
    ),
    ...[...statuses.map((one) => one?.include), read.includeLeadStatuses].flatMap((list) =>
      listed(list, (values) => ({ field: 'leadStatus', op: 'among', values })),
    ),
    ...[...statuses.map((one) => one?.exclude), read.excludeLeadStatuses].flatMap((list) =>
      listed(list, (values) => ({ field: 'leadStatus', op: 'notAmong', values })),
    ),
    ...listed(read.segmentIds, (ids) =>
      join(
        'any',
        ids.map((id) => ({ field: 'segment', op: 'in', id })),
      ),
    ),
    ...Object.entries(read.attributes ?? {}).flatMap(([key, value]) => attributeParts([key], value)),
    ...consentParts(read),
  ];
}

const listed = (list: string[] | undefined, leaf: (list: string[]) => SegmentRule): SegmentRule[] =>
  list && list.length > 0 ? [leaf(list)] : [];

function consentParts({ hasConsent, consentType }: Criteria): SegmentRule[] {
  if (hasConsent === undefined && !consentType) return [];
  const op = hasConsent === false ? 'notGiven' : 'given';
  const kinds = consentType?.map(consentKind) ?? ['any' as const];
  return [
    join(
      'all',
      kinds.map((kind): RuleLeaf => ({ field: 'consent', op, kind })),
    ),
  ];
}

/** `AUTOMATED`, `automated_messages`, `Marketing messages`. */
function consentKind(typed: string): ConsentKind {
  const [word = ''] = toSearchText(typed).split(/[^a-z]+/);
  if (word === 'marketing' || word === 'automated') return word;
  if (word === 'any' || word === 'all' || word === 'express') return 'any';
  throw new NotUnderstood(`“${typed}” is not a kind of consent. Use automated or marketing.`);
}

type Attribute = Extract<RuleLeaf, { field: 'attribute' }>;
type Make = (path: string, value: unknown) => { [key in keyof Attribute]?: unknown };

const leaf =
  (op: Attribute['op']): Make =>
  (path, value) => ({ field: 'attribute', path, op, value });
const present =
  (when: boolean): Make =>
  (path, value) => ({ field: 'attribute', path, op: Boolean(value) === when ? 'exists' : 'missing' });

const OPERATORS: Readonly<Record<string, Make>> = {
  equals: leaf('equals'),
  not_equals: leaf('not_equals'),
  contains: leaf('contains'),
  greater_than: leaf('greater_than'),
  less_than: leaf('less_than'),
  at_least: leaf('at_least'),
  greater_than_or_equal: leaf('at_least'),
  at_most: leaf('at_most'),
  less_than_or_equal: leaf('at_most'),
  exists: present(true),
  not_exists: present(false),
};

/** A value means equals, a list any of it, null that there is none; an object is operators, or attributes inside the attribute. */
function attributeParts(keys: readonly string[], value: unknown): SegmentRule[] {
  const path = pathOfKeys(keys);
  if (value === null) return [{ field: 'attribute', path, op: 'missing' }];
  if (Array.isArray(value))
    return [
      join(
        'any',
        value.flatMap((one: unknown) => attributeParts(keys, one)),
      ),
    ];
  if (typeof value !== 'object') return [OPERATORS['equals']?.(path, value) as RuleLeaf];
  const entries = Object.entries(value);
  const operators = entries.filter(([key]) => Object.hasOwn(OPERATORS, key)).length;
  if (entries.length === 0 || (operators > 0 && operators < entries.length))
    throw new NotUnderstood(
      `The condition on “${path}” is not understood. Operators are ${Object.keys(OPERATORS).join(', ')}.`,
    );
  if (keys.length > 20) throw new NotUnderstood(`The condition on “${path}” is nested too deep.`);
  return operators > 0
    ? entries.map(([name, wanted]) => OPERATORS[name]?.(path, operand(name, wanted)) as RuleLeaf)
    : entries.flatMap(([key, inside]) => attributeParts([...keys, key], inside));
}

/** Numbers may be written as text where only a number makes sense. */
const operand = (name: string, value: unknown): unknown =>
  typeof value === 'string' && /_than|^at_/.test(name) && value.trim() !== '' ? Number(value) : value;
