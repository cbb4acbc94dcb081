import { tagIdOf } from '../contacts/tag.ts';
import type { Instant } from '../kernel/instant.ts';
import { toSearchText } from '../kernel/search-text.ts';
import { keysOfPath } from './attribute-path.ts';
import { wanted, type AttributeTest } from './compare-attribute.ts';
import { DAY_MS, dayEnd, dayStart } from './day-start.ts';
import { foldPhone, foldText, searchWords } from './fold-text.ts';
import type { SegmentRule } from './segment.ts';
import type { IdField, InstantField, LeafOf, NumberField, RuleLeaf, TextField } from './segment-leaf.ts';

/** A segment that a rule refers to. `rule` is null where this version cannot read it. */
export type KnownSegment = { kind: 'static' } | { kind: 'dynamic'; rule: SegmentRule | null };

/** What a rule means depends on when, where and among whom it is asked. */
export type SegmentContext = {
  now: Instant;
  /** IANA; of the person who asks, else of the workspace. */
  zone: string;
  tenantId: string;
  findSegment: (id: string) => KnownSegment | null;
};

export type RangeField = NumberField | InstantField | 'marketingConsentUntil' | 'automatedConsentUntil';
export type ChoiceField = IdField | 'leadStatus' | 'sentiment';
export type PresentField = RangeField | ChoiceField | 'optedOutAt' | 'doNotCallAt';
export type FlagColumn = 'hasMessenger' | 'hasInstagram' | 'emergency';

/**
 * A condition with nothing left to know: values folded, dates as moments, names as ids. Numbers and moments are whole, so a range with
 * both ends included says them all. Each is false where the contact has no value.
 */
export type SegmentTest =
  | { test: 'constant'; value: boolean }
  /** `phone` compares digits. */
  | { test: 'text'; field: TextField; how: 'equal' | 'inside' | 'start'; values: readonly string[] }
  | { test: 'filled'; field: TextField }
  | { test: 'present'; field: PresentField }
  | { test: 'range'; field: RangeField; min: number | null; max: number | null }
  | { test: 'choice'; field: ChoiceField; values: readonly string[] }
  | { test: 'flag'; field: FlagColumn }
  | { test: 'tags'; how: 'any' | 'all'; ids: readonly string[]; names: readonly string[] }
  | { test: 'groups'; how: 'any' | 'all'; ids: readonly string[] }
  | ({ test: 'attribute'; keys: readonly string[] } & AttributeTest)
  | { test: 'search'; words: readonly string[] };

export type PreparedRule = { all: PreparedRule[] } | { any: PreparedRule[] } | { not: PreparedRule } | SegmentTest;

const ALWAYS: SegmentTest = { test: 'constant', value: true };
const NEVER: SegmentTest = { test: 'constant', value: false };

/** Segments inside segments. */
const MAX_SEGMENT_DEPTH = 8;
/** Conditions of a rule together with those of all segments it refers to. */
const MAX_EXPANDED = 2_000;

/** Why a reference to a segment matches nobody. */
export type SegmentProblem = { problem: 'missing' | 'cycle' | 'too_deep' | 'too_large' | 'unreadable'; id: string };

/** Gets a rule ready for evaluation. References to segments that cannot be followed match nobody and are told to `onProblem`. */
export function prepareRule(
  rule: SegmentRule,
  context: SegmentContext,
  onProblem: (problem: SegmentProblem) => void = () => undefined,
): PreparedRule {
  const expansion = { context, onProblem, within: [] as string[], leaves: 0 };
  return prepare(rule, expansion);
}

type Expansion = {
  context: SegmentContext;
  onProblem: (problem: SegmentProblem) => void;
  within: string[];
  leaves: number;
};

function prepare(rule: SegmentRule, expansion: Expansion): PreparedRule {
  if ('all' in rule) return joinAll(rule.all.map((part) => prepare(part, expansion)));
  if ('any' in rule) return joinAny(rule.any.map((part) => prepare(part, expansion)));
  if ('not' in rule) return opposite(prepare(rule.not, expansion));
  expansion.leaves += 1;
  return rule.field === 'segment' ? expand(rule.id, expansion) : prepareLeaf(rule, expansion.context);
}

function expand(id: string, expansion: Expansion): PreparedRule {
  const { context, within, onProblem } = expansion;
  const nobody = (problem: SegmentProblem['problem']): PreparedRule => {
    onProblem({ problem, id });
    return NEVER;
  };
  if (within.includes(id)) return nobody('cycle');
  if (within.length >= MAX_SEGMENT_DEPTH) return nobody('too_deep');
  if (expansion.leaves > MAX_EXPANDED) return nobody('too_large');
  const segment = context.findSegment(id);
  if (!segment) return nobody('missing');
  if (segment.kind === 'static') return { test: 'groups', how: 'any', ids: [id] };
  if (!segment.rule) return nobody('unreadable');
  within.push(id);
  const prepared = prepare(segment.rule, expansion);
  within.pop();
  return prepared;
}

const isConstant = (rule: PreparedRule, value: boolean): boolean =>
  'test' in rule && rule.test === 'constant' && rule.value === value;

function joinAll(parts: PreparedRule[]): PreparedRule {
  const open = parts.filter((part) => !isConstant(part, true)).flatMap((part) => ('all' in part ? part.all : [part]));
  const [only] = open;
  if (open.some((part) => isConstant(part, false))) return NEVER;
  if (!only) return ALWAYS;
  return open.length === 1 ? only : { all: open };
}

function joinAny(parts: PreparedRule[]): PreparedRule {
  const open = parts.filter((part) => !isConstant(part, false)).flatMap((part) => ('any' in part ? part.any : [part]));
  const [only] = open;
  if (open.some((part) => isConstant(part, true))) return ALWAYS;
  if (!only) return NEVER;
  return open.length === 1 ? only : { any: open };
}

function opposite(rule: PreparedRule): PreparedRule {
  if ('not' in rule) return rule.not;
  if (isConstant(rule, true)) return NEVER;
  return isConstant(rule, false) ? ALWAYS : { not: rule };
}

const not = (isNot: boolean, rule: PreparedRule): PreparedRule => (isNot ? opposite(rule) : rule);

function prepareLeaf(leaf: Exclude<RuleLeaf, { field: 'segment' }>, context: SegmentContext): PreparedRule {
  switch (leaf.field) {
    case 'firstName':
    case 'lastName':
    case 'company':
    case 'email':
    case 'phone':
    case 'source':
    case 'locale':
    case 'timezone':
      return prepareText(leaf);
    case 'leadScore':
    case 'estimatedRevenueCents':
    case 'actualRevenueCents':
      return prepareNumber(leaf);
    case 'leadStatus':
    case 'sentiment':
    case 'ownerId':
    case 'pipelineId':
    case 'stageId':
    case 'facebookPageId':
      return 'values' in leaf
        ? not(leaf.op === 'notAmong', { test: 'choice', field: leaf.field, values: leaf.values })
        : not(leaf.op === 'missing', { test: 'present', field: leaf.field });
    case 'hasMessenger':
    case 'hasInstagram':
    case 'emergency':
      return not(!leaf.value, { test: 'flag', field: leaf.field });
    case 'optedOut':
      return not(!leaf.value, { test: 'present', field: 'optedOutAt' });
    case 'doNotCall':
      return not(!leaf.value, { test: 'present', field: 'doNotCallAt' });
    case 'tags':
      return prepareTags(leaf, context.tenantId);
    case 'groups':
      return not(leaf.op === 'none', { test: 'groups', how: leaf.op === 'all' ? 'all' : 'any', ids: leaf.ids });
    case 'consent':
      return prepareConsent(leaf, context.now);
    case 'attribute':
      return prepareAttribute(leaf);
    case 'search': {
      const words = searchWords(leaf.text);
      return words.length > 0 ? { test: 'search', words } : NEVER;
    }
    default:
      return prepareInstant(leaf, context);
  }
}

function prepareText(leaf: LeafOf<TextField>): PreparedRule {
  const { field } = leaf;
  if (!('value' in leaf) && !('values' in leaf)) return not(leaf.op === 'missing', { test: 'filled', field });
  const fold = field === 'phone' ? foldPhone : foldText;
  const values = ('values' in leaf ? leaf.values : [leaf.value]).map(fold).filter((value) => value !== '');
  const how = leaf.op === 'contains' ? 'inside' : leaf.op === 'startsWith' ? 'start' : 'equal';
  return not(leaf.op === 'isNot', values.length > 0 ? { test: 'text', field, how, values } : NEVER);
}

const range = (field: RangeField, min: number | null, max: number | null): PreparedRule =>
  min !== null && max !== null && min > max ? NEVER : { test: 'range', field, min, max };

function prepareNumber(leaf: LeafOf<NumberField>): PreparedRule {
  const { field } = leaf;
  switch (leaf.op) {
    case 'is':
      return range(field, Math.ceil(leaf.value), Math.floor(leaf.value));
    case 'below':
      return range(field, null, Math.ceil(leaf.value) - 1);
    case 'atMost':
      return range(field, null, Math.floor(leaf.value));
    case 'above':
      return range(field, Math.floor(leaf.value) + 1, null);
    case 'atLeast':
      return range(field, Math.ceil(leaf.value), null);
    case 'between':
      return range(
        field,
        leaf.from === undefined ? null : Math.ceil(leaf.from),
        leaf.to === undefined ? null : Math.floor(leaf.to),
      );
    default:
      return not(leaf.op === 'missing', { test: 'present', field });
  }
}

function prepareInstant(leaf: LeafOf<InstantField>, { now, zone }: SegmentContext): PreparedRule {
  const { field } = leaf;
  switch (leaf.op) {
    case 'before':
      return range(field, null, dayStart(leaf.date, zone) - 1);
    case 'after':
      return range(field, dayEnd(leaf.date, zone), null);
    case 'between':
      return range(
        field,
        leaf.from === undefined ? null : dayStart(leaf.from, zone),
        leaf.to === undefined ? null : dayEnd(leaf.to, zone) - 1,
      );
    case 'withinDays':
    case 'notWithinDays':
      return not(leaf.op === 'notWithinDays', range(field, now - leaf.days * DAY_MS, null));
    case 'olderThanDays':
      return range(field, null, now - leaf.days * DAY_MS - 1);
    default:
      return not(leaf.op === 'missing', { test: 'present', field });
  }
}

function prepareTags({ op, names }: LeafOf<'tags'>, tenantId: string): PreparedRule {
  const folded = [...new Set(names.map(toSearchText))];
  const ids = names.map((name) => tagIdOf(tenantId, name));
  return not(op === 'none', { test: 'tags', how: op === 'all' ? 'all' : 'any', ids, names: folded });
}

function prepareConsent({ op, kind }: LeafOf<'consent'>, now: Instant): PreparedRule {
  const given = (field: 'marketingConsentUntil' | 'automatedConsentUntil') => range(field, now + 1, null);
  const parts = [
    ...(kind === 'automated' ? [] : [given('marketingConsentUntil')]),
    ...(kind === 'marketing' ? [] : [given('automatedConsentUntil')]),
  ];
  return not(op === 'notGiven', joinAny(parts));
}

function prepareAttribute(leaf: LeafOf<'attribute'>): PreparedRule {
  const keys = keysOfPath(leaf.path);
  switch (leaf.op) {
    case 'equals':
    case 'not_equals':
      return not(leaf.op === 'not_equals', { test: 'attribute', keys, how: 'equals', ...wanted(leaf.value) });
    case 'contains':
      return { test: 'attribute', keys, how: 'contains', ...wanted(leaf.value) };
    case 'before':
    case 'after':
      return { test: 'attribute', keys, how: leaf.op, date: leaf.date };
    case 'exists':
    case 'missing':
      return not(leaf.op === 'missing', { test: 'attribute', keys, how: 'exists' });
    default:
      return { test: 'attribute', keys, how: leaf.op, number: leaf.value };
  }
}
