import {
  FLAG_FIELDS,
  ID_FIELDS,
  INSTANT_FIELDS,
  NUMBER_FIELDS,
  ruleLeaf,
  TEXT_FIELDS,
  type RuleLeaf,
} from './segment-leaf.ts';
import { segmentRule, type SegmentRule } from './segment.ts';

/** Names and values of a URL's query, in order, before they are escaped for it. */
export type QueryPairs = readonly (readonly [name: string, value: string])[];

const ATTRIBUTE = 'attribute.';
/** What has no short spelling: groups inside the filter, as JSON. */
const WHERE = 'where';

/**
 * A filter as a query that people can read: `leadStatus=among:new,contacted&leadScore=between:51..75&tags=any:vip&hasMessenger=yes`.
 * Conditions are joined by “and”; whatever else they are joined by is in `where`. `ruleFromQuery` reads it back as it was, a lone
 * condition as an `all` of one.
 */
export const ruleToQuery = (rule: SegmentRule): [string, string][] =>
  ('all' in rule ? rule.all : [rule]).map((part) =>
    'all' in part || 'any' in part || 'not' in part ? [WHERE, JSON.stringify(part)] : leafToPair(part),
  );

/** Names that are not ours are left alone. What is ours and makes no sense is left out and named in `ignored`. */
export function ruleFromQuery(pairs: QueryPairs): { rule: { all: SegmentRule[] }; ignored: string[] } {
  const all: SegmentRule[] = [];
  const ignored: string[] = [];
  for (const [name, value] of pairs) {
    const read = readPart(name, value);
    if (read === null) continue;
    if (read.success) all.push(read.data);
    else ignored.push(name);
  }
  // Each part is within bounds; together they may not be.
  const whole = segmentRule.safeParse({ all });
  return whole.success ? { rule: { all }, ignored } : { rule: { all: [] }, ignored: pairs.map(([name]) => name) };
}

type Read = ReturnType<typeof segmentRule.safeParse> | null;

function readPart(name: string, value: string): Read {
  if (name === WHERE) return segmentRule.safeParse(parseJson(value));
  const field = name.startsWith(ATTRIBUTE) ? 'attribute' : name;
  if (!LEAF_FIELDS.has(field)) return null;
  return ruleLeaf.safeParse(pairToLeaf(field, name, value));
}

const LEAF_FIELDS: ReadonlySet<string> = new Set([
  ...TEXT_FIELDS,
  ...NUMBER_FIELDS,
  ...INSTANT_FIELDS,
  ...ID_FIELDS,
  ...FLAG_FIELDS,
  'leadStatus',
  'sentiment',
  'tags',
  'groups',
  'segment',
  'consent',
  'attribute',
  'search',
]);
const FLAGS: ReadonlySet<string> = new Set(FLAG_FIELDS);

function leafToPair(leaf: RuleLeaf): [string, string] {
  if (leaf.field === 'attribute') return [ATTRIBUTE + leaf.path, `${leaf.op}${attributeValue(leaf)}`];
  if (leaf.field === 'search') return [leaf.field, leaf.text];
  if (leaf.field === 'segment') return [leaf.field, leaf.id];
  if (leaf.field === 'consent') return [leaf.field, `${leaf.op}:${leaf.kind}`];
  return [leaf.field, plainValue(leaf)];
}

function attributeValue(leaf: Extract<RuleLeaf, { field: 'attribute' }>): string {
  if ('date' in leaf) return `:${leaf.date}`;
  return 'value' in leaf ? `:${scalarToText(leaf.value)}` : '';
}

type Plain = Exclude<RuleLeaf, { field: 'attribute' | 'search' | 'segment' | 'consent' }>;

function plainValue(leaf: Plain): string {
  if (leaf.op === 'between') return `between:${leaf.from ?? ''}..${leaf.to ?? ''}`;
  if ('days' in leaf) return `${leaf.op}:${leaf.days}`;
  if ('date' in leaf) return `${leaf.op}:${leaf.date}`;
  if ('names' in leaf) return `${leaf.op}:${listToText(leaf.names)}`;
  if ('ids' in leaf) return `${leaf.op}:${listToText(leaf.ids)}`;
  if ('values' in leaf) return `${leaf.op}:${listToText(leaf.values)}`;
  if (!('value' in leaf)) return leaf.op;
  return typeof leaf.value === 'boolean' ? (leaf.value ? 'yes' : 'no') : `${leaf.op}:${leaf.value}`;
}

function pairToLeaf(field: string, name: string, value: string): unknown {
  if (field === 'search') return { field, op: 'matches', text: value };
  if (field === 'segment') return { field, op: 'in', id: value };
  if (FLAGS.has(field)) return { field, op: 'is', value: { yes: true, no: false }[value] };
  const colon = value.indexOf(':');
  const op = colon < 0 ? value : value.slice(0, colon);
  const rest = colon < 0 ? '' : value.slice(colon + 1);
  if (field === 'attribute') {
    const wanted = op === 'before' || op === 'after' ? { date: rest } : { value: scalarFromText(rest) };
    return { field, path: name.slice(ATTRIBUTE.length), op, ...(colon < 0 ? {} : wanted) };
  }
  if (field === 'consent') return { field, op, kind: rest };
  return { field, op, ...readOperand(field, op, rest) };
}

const NUMBERS: ReadonlySet<string> = new Set(NUMBER_FIELDS);

function readOperand(field: string, op: string, rest: string): object {
  const one = (text: string) => (NUMBERS.has(field) ? toNumber(text) : text);
  if (op === 'between') {
    const [from = '', to = ''] = rest.split('..');
    return { ...(from && { from: one(from) }), ...(to && { to: one(to) }) };
  }
  if (field === 'tags') return { names: listFromText(rest) };
  if (field === 'groups') return { ids: listFromText(rest) };
  if (op === 'among' || op === 'notAmong') return { values: listFromText(rest) };
  if (op === 'withinDays' || op === 'notWithinDays' || op === 'olderThanDays') return { days: toNumber(rest) };
  if (op === 'before' || op === 'after') return { date: rest };
  return { value: one(rest) };
}

const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** Text stands for itself unless it would be read as a number, yes or no, or JSON text. */
function scalarToText(value: string | number | boolean): string {
  return typeof value !== 'string' || typeof scalarFromText(value) !== 'string' || value.startsWith('"')
    ? JSON.stringify(value)
    : value;
}

function scalarFromText(text: string): unknown {
  if (!/^("|true$|false$|-?\d)/.test(text)) return text;
  const read = parseJson(text);
  return typeof read === 'object' || read === undefined ? text : read;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const listToText = (list: readonly string[]): string => list.map((one) => one.replace(/[,\\]/g, '\\$&')).join(',');

const listFromText = (text: string): string[] =>
  [...text.matchAll(/(?:^|,)((?:\\.|[^,\\])*)/gs)].map(([, one = '']) => one.replace(/\\(.)/gs, '$1'));
