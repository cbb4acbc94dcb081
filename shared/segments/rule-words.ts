import { scoreBandOf, type ScoreBand } from './score-band.ts';
import type { ConsentKind, RuleLeaf } from './segment-leaf.ts';
import type { SegmentRule } from './segment.ts';

/** A value as the sentence names it; ids are for whoever knows the names. */
export type WordValue =
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'truth'; value: boolean }
  | { kind: 'cents'; cents: number }
  /** `band` where the score is where a range begins (`from`) or ends (`to`): “at least Hot”. */
  | { kind: 'score'; score: number; band: ScoreBand | null }
  | { kind: 'date'; date: string }
  | { kind: 'days'; days: number }
  | { kind: 'status'; key: string }
  | { kind: 'sentiment'; sentiment: string }
  | { kind: 'member' | 'pipeline' | 'stage' | 'page' | 'group' | 'segment'; id: string }
  | { kind: 'tag'; name: string }
  | { kind: 'consent'; consent: ConsentKind };

/** The verb between a field and its values. Each has an opposite among them, so that a `not` around one condition needs no bracket. */
export type WordVerb =
  | 'is'
  | 'isNot'
  | 'contains'
  | 'doesNotContain'
  | 'startsWith'
  | 'doesNotStartWith'
  | 'isAnyOf'
  | 'isNoneOf'
  | 'below'
  | 'notBelow'
  | 'atMost'
  | 'notAtMost'
  | 'above'
  | 'notAbove'
  | 'atLeast'
  | 'notAtLeast'
  | 'between'
  | 'notBetween'
  | 'from'
  | 'notFrom'
  | 'upTo'
  | 'notUpTo'
  | 'before'
  | 'notBefore'
  | 'after'
  | 'notAfter'
  | 'withinDays'
  | 'notWithinDays'
  | 'olderThanDays'
  | 'notOlderThanDays'
  | 'exists'
  | 'missing'
  | 'hasAny'
  | 'hasNone'
  | 'hasAll'
  | 'lacksSome'
  | 'in'
  | 'notIn'
  | 'matches'
  | 'doesNotMatch'
  | 'given'
  | 'notGiven';

/** One condition in words: what is looked at (an attribute by its path), how, and the values beside it. */
export type LeafWords = {
  kind: 'leaf';
  field: RuleLeaf['field'];
  path: string | null;
  verb: WordVerb;
  values: WordValue[];
};
/** `everybody` and `nobody` are what empty groups mean; `neither` is none of the parts. */
export type RuleWords =
  | LeafWords
  | { kind: 'everybody' }
  | { kind: 'nobody' }
  | { kind: 'all' | 'any' | 'neither'; parts: RuleWords[] };

const OPPOSITE: Readonly<Record<WordVerb, WordVerb>> = {
  is: 'isNot',
  isNot: 'is',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
  startsWith: 'doesNotStartWith',
  doesNotStartWith: 'startsWith',
  isAnyOf: 'isNoneOf',
  isNoneOf: 'isAnyOf',
  below: 'notBelow',
  notBelow: 'below',
  atMost: 'notAtMost',
  notAtMost: 'atMost',
  above: 'notAbove',
  notAbove: 'above',
  atLeast: 'notAtLeast',
  notAtLeast: 'atLeast',
  between: 'notBetween',
  notBetween: 'between',
  from: 'notFrom',
  notFrom: 'from',
  upTo: 'notUpTo',
  notUpTo: 'upTo',
  before: 'notBefore',
  notBefore: 'before',
  after: 'notAfter',
  notAfter: 'after',
  withinDays: 'notWithinDays',
  notWithinDays: 'withinDays',
  olderThanDays: 'notOlderThanDays',
  notOlderThanDays: 'olderThanDays',
  exists: 'missing',
  missing: 'exists',
  hasAny: 'hasNone',
  hasNone: 'hasAny',
  hasAll: 'lacksSome',
  lacksSome: 'hasAll',
  in: 'notIn',
  notIn: 'in',
  matches: 'doesNotMatch',
  doesNotMatch: 'matches',
  given: 'notGiven',
  notGiven: 'given',
};

/**
 * A rule as the parts of a sentence (“Contacts whose stage is Quote sent and score is at least Hot”) and of chips: groups of one are
 * opened, groups in a group of their kind are joined with it, and `not` is told by the opposite verb where there is one condition in it.
 */
export function ruleToWords(rule: SegmentRule): RuleWords {
  if ('all' in rule) return joined('all', rule.all);
  if ('any' in rule) return joined('any', rule.any);
  if ('not' in rule) return negated(ruleToWords(rule.not));
  return leafToWords(rule);
}

function joined(kind: 'all' | 'any', rules: readonly SegmentRule[]): RuleWords {
  const [neutral, deciding] = kind === 'all' ? (['everybody', 'nobody'] as const) : (['nobody', 'everybody'] as const);
  const parts = rules
    .map(ruleToWords)
    .filter((part) => part.kind !== neutral)
    .flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [only] = parts;
  if (parts.some((part) => part.kind === deciding)) return { kind: deciding };
  if (!only) return { kind: neutral };
  return parts.length === 1 ? only : { kind, parts };
}

function negated(words: RuleWords): RuleWords {
  if (words.kind === 'leaf') return { ...words, verb: OPPOSITE[words.verb] };
  if (words.kind === 'everybody') return { kind: 'nobody' };
  if (words.kind === 'nobody') return { kind: 'everybody' };
  if (words.kind === 'any') return { kind: 'neither', parts: words.parts };
  if (words.kind === 'all') return { kind: 'neither', parts: [words] };
  const [only] = words.parts;
  return words.parts.length === 1 && only ? only : { kind: 'any', parts: words.parts };
}

function leafToWords(leaf: RuleLeaf): LeafWords {
  const path = leaf.field === 'attribute' ? leaf.path : null;
  const band = wholeBand(leaf);
  if (band) return { kind: 'leaf', field: leaf.field, path, verb: 'is', values: [band] };
  return { kind: 'leaf', field: leaf.field, path, verb: verbOf(leaf), values: valuesOf(leaf) };
}

const ATTRIBUTE_VERB = {
  equals: 'is',
  not_equals: 'isNot',
  contains: 'contains',
  greater_than: 'above',
  less_than: 'below',
  at_least: 'atLeast',
  at_most: 'atMost',
  before: 'before',
  after: 'after',
  exists: 'exists',
  missing: 'missing',
} as const;

function verbOf(leaf: RuleLeaf): WordVerb {
  if (leaf.field === 'attribute') return ATTRIBUTE_VERB[leaf.op];
  if (leaf.field === 'tags' || leaf.field === 'groups')
    return ({ any: 'hasAny', all: 'hasAll', none: 'hasNone' } as const)[leaf.op];
  switch (leaf.op) {
    case 'among':
      return leaf.values.length === 1 ? 'is' : 'isAnyOf';
    case 'notAmong':
      return leaf.values.length === 1 ? 'isNot' : 'isNoneOf';
    case 'between':
      return leaf.to === undefined ? 'from' : leaf.from === undefined ? 'upTo' : 'between';
    default:
      return leaf.op;
  }
}

const ID_KIND = { ownerId: 'member', pipelineId: 'pipeline', stageId: 'stage', facebookPageId: 'page' } as const;

function valuesOf(leaf: RuleLeaf): WordValue[] {
  switch (leaf.field) {
    case 'search':
      return [{ kind: 'text', text: leaf.text }];
    case 'segment':
      return [{ kind: 'segment', id: leaf.id }];
    case 'consent':
      return [{ kind: 'consent', consent: leaf.kind }];
    case 'tags':
      return leaf.names.map((name) => ({ kind: 'tag', name }));
    case 'groups':
      return leaf.ids.map((id) => ({ kind: 'group', id }));
    case 'leadStatus':
      return 'values' in leaf ? leaf.values.map((key) => ({ kind: 'status', key })) : [];
    case 'sentiment':
      return 'values' in leaf ? leaf.values.map((sentiment) => ({ kind: 'sentiment', sentiment })) : [];
    case 'ownerId':
    case 'pipelineId':
    case 'stageId':
    case 'facebookPageId': {
      const kind = ID_KIND[leaf.field];
      return 'values' in leaf ? leaf.values.map((id) => ({ kind, id })) : [];
    }
    default:
      return plainValues(leaf);
  }
}

type Plain = Exclude<
  RuleLeaf,
  {
    field:
      | 'search'
      | 'segment'
      | 'consent'
      | 'tags'
      | 'groups'
      | 'leadStatus'
      | 'sentiment'
      | 'ownerId'
      | 'pipelineId'
      | 'stageId'
      | 'facebookPageId';
  }
>;

function plainValues(leaf: Plain): WordValue[] {
  if (leaf.op === 'between')
    return [
      ...(leaf.from === undefined ? [] : [amount(leaf.field, leaf.from, true)]),
      ...(leaf.to === undefined ? [] : [amount(leaf.field, leaf.to, false)]),
    ];
  if ('days' in leaf) return [{ kind: 'days', days: leaf.days }];
  if ('date' in leaf) return [{ kind: 'date', date: leaf.date }];
  if ('values' in leaf) return leaf.values.map((text) => ({ kind: 'text', text }));
  if (!('value' in leaf)) return [];
  if (typeof leaf.value === 'boolean') return [{ kind: 'truth', value: leaf.value }];
  return [amount(leaf.field, leaf.value, leaf.op === 'atLeast' || leaf.op === 'below')];
}

function amount(field: RuleLeaf['field'], value: string | number, isLowEnd: boolean): WordValue {
  if (field === 'leadScore' && typeof value === 'number')
    return { kind: 'score', score: value, band: borderBand(value, isLowEnd) };
  if (typeof value === 'number')
    return field === 'estimatedRevenueCents' || field === 'actualRevenueCents'
      ? { kind: 'cents', cents: value }
      : { kind: 'number', value };
  return field === 'createdAt' || field.endsWith('At') ? { kind: 'date', date: value } : { kind: 'text', text: value };
}

/** One range from its beginning to its end: “is Hot”, not “is between Hot and Hot”. */
function wholeBand(leaf: RuleLeaf): WordValue | null {
  if (leaf.field !== 'leadScore' || leaf.op !== 'between' || leaf.from === undefined || leaf.to === undefined)
    return null;
  const band = borderBand(leaf.from, true);
  return band !== null && band === borderBand(leaf.to, false) ? { kind: 'score', score: leaf.from, band } : null;
}

/** The range that begins at this score, or ends at it. */
function borderBand(score: number, begins: boolean): ScoreBand | null {
  const band = scoreBandOf(score);
  return band !== null && scoreBandOf(score + (begins ? -1 : 1)) !== band ? band : null;
}
