import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateSegment } from './evaluate-segment.ts';
import { prepareRule, type SegmentProblem } from './prepare-rule.ts';
import { segmentRule, type SegmentRule } from './segment.ts';
import { arbitraryRule } from './testing/arbitrary-rule.ts';
import { SEGMENT_CASES } from './testing/segment-cases.ts';
import { CONTEXT, PEOPLE, SEGMENT } from './testing/segment-people.ts';
import { SEGMENT_POOL } from './testing/segment-pool.ts';

const who = (rule: SegmentRule): string[] =>
  Object.entries(PEOPLE)
    .filter(([, contact]) => evaluateSegment(rule, contact, CONTEXT))
    .map(([name]) => name);

describe('in memory', () => {
  test.each(SEGMENT_CASES)('$name means $who', ({ rule, who: expected }) => {
    expect(who(rule)).toEqual(expected);
  });

  test('there are cases enough, and most of them mean some people and not others', () => {
    expect(SEGMENT_CASES.length).toBeGreaterThan(200);
    const telling = SEGMENT_CASES.filter(({ who: { length } }) => length > 0 && length < Object.keys(PEOPLE).length);
    expect(telling.length).toBeGreaterThan(150);
  });
});

const everyone = Object.keys(PEOPLE);
const rules = arbitraryRule(SEGMENT_POOL);

test('not is the complement, all the intersection, any the union, whatever the conditions', () => {
  fc.assert(
    fc.property(rules, rules, (a, b) => {
      const [inA, inB] = [who(a), who(b)];
      expect(who({ not: a })).toEqual(everyone.filter((name) => !inA.includes(name)));
      expect(who({ all: [a, b] })).toEqual(inA.filter((name) => inB.includes(name)));
      expect(who({ any: [a, b] })).toEqual(everyone.filter((name) => inA.includes(name) || inB.includes(name)));
    }),
  );
});

test('opposites are opposite', () => {
  const pairs = [
    ['isNot', 'is'],
    ['notAmong', 'among'],
    ['notWithinDays', 'withinDays'],
    ['missing', 'exists'],
    ['not_equals', 'equals'],
    ['notGiven', 'given'],
    ['none', 'any'],
  ] as const;
  fc.assert(
    fc.property(rules, (rule) => {
      if (!('op' in rule)) return;
      const pair = pairs.find(([, positive]) => positive === rule.op);
      const opposite = pair && segmentRule.safeParse({ ...rule, op: pair[0] });
      if (opposite?.success) expect(who(opposite.data)).toEqual(who({ not: rule }));
    }),
    { numRuns: 500 },
  );
});

test('what was read of a rule again means the same people', () => {
  fc.assert(
    fc.property(rules, (rule) => {
      const again = segmentRule.parse(JSON.parse(JSON.stringify(rule)));
      expect(again).toEqual(rule);
      expect(who(again)).toEqual(who(rule));
    }),
  );
});

function problemsOf(rule: SegmentRule, findSegment = CONTEXT.findSegment): SegmentProblem[] {
  const found: SegmentProblem[] = [];
  prepareRule(rule, { ...CONTEXT, findSegment }, (problem) => found.push(problem));
  return found;
}

const inside = (n: number): SegmentRule => ({ field: 'segment', op: 'in', id: SEGMENT[n - 1] ?? '' });
const next = (id: string): string => `60000000-0000-4000-8000-${String(Number(id.slice(-12)) + 1).padStart(12, '0')}`;

test('a segment that is not there, leads back to itself, or is of a newer version is named', () => {
  expect(problemsOf({ any: [inside(7), inside(6)] })).toEqual([
    { problem: 'missing', id: SEGMENT[6] },
    { problem: 'unreadable', id: SEGMENT[5] },
  ]);
  expect(problemsOf(inside(4))).toEqual([{ problem: 'cycle', id: SEGMENT[3] }]);
  expect(problemsOf(inside(2))).toEqual([]);
});

test('segments nested very deep or wide match nobody there instead of taking for ever', () => {
  const first: SegmentRule = { field: 'segment', op: 'in', id: next('0') };
  const chain = (id: string) => ({ kind: 'dynamic', rule: { field: 'segment', op: 'in', id: next(id) } }) as const;
  expect(problemsOf(first, chain).map(({ problem }) => problem)).toEqual(['too_deep']);
  const tree = (id: string) => {
    const parts = Array.from({ length: 100 }, () => ({ field: 'segment', op: 'in', id: next(id) }) as const);
    return { kind: 'dynamic', rule: { any: parts } } as const;
  };
  const startedAt = performance.now();
  expect(problemsOf(first, tree).map(({ problem }) => problem)).toContain('too_large');
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
