import type { SegmentRule } from '../../../../shared/segments/segment.ts';

export type Joint = 'all' | 'any' | 'none';
export type Group = { joint: Joint; parts: SegmentRule[] };

/** A rule as a group that people edit: `none` is "not any". A single condition is a group of one. */
export function groupOf(rule: SegmentRule): Group {
  if ('all' in rule) return { joint: 'all', parts: rule.all };
  if ('any' in rule) return { joint: 'any', parts: rule.any };
  if ('not' in rule)
    return 'any' in rule.not ? { joint: 'none', parts: rule.not.any } : { joint: 'none', parts: [rule.not] };
  return { joint: 'all', parts: [rule] };
}

export function ruleOf({ joint, parts }: Group): SegmentRule {
  if (joint === 'all') return { all: parts };
  return joint === 'any' ? { any: parts } : { not: { any: parts } };
}

/** Groups that say nothing are left out: an empty "any" would mean nobody, which nobody means by it. */
export function withoutEmptyGroups(rule: SegmentRule): SegmentRule {
  if ('field' in rule) return rule;
  const { joint, parts } = groupOf(rule);
  const kept = parts.map(withoutEmptyGroups).filter((part) => 'field' in part || groupOf(part).parts.length > 0);
  return ruleOf({ joint: kept.length === 0 ? 'all' : joint, parts: kept });
}
