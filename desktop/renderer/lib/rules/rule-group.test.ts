import { expect, test } from 'vitest';
import { groupOf, ruleOf, withoutEmptyGroups } from './rule-group.ts';

const hot = { field: 'sentiment' as const, op: 'among' as const, values: ['hot' as const] };

test('what is edited as a group is the same rule again', () => {
  for (const rule of [{ all: [hot] }, { any: [hot, hot] }, { not: { any: [hot] } }])
    expect(ruleOf(groupOf(rule))).toEqual(rule);
  expect(groupOf({ not: hot })).toEqual({ joint: 'none', parts: [hot] });
  expect(groupOf(hot)).toEqual({ joint: 'all', parts: [hot] });
});

test('groups without a condition say nothing, wherever they are', () => {
  expect(withoutEmptyGroups({ all: [hot, { any: [] }, { all: [{ not: { any: [] } }] }] })).toEqual({ all: [hot] });
  expect(withoutEmptyGroups({ any: [] })).toEqual({ all: [] });
});
