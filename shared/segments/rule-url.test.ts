import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleFromQuery, ruleToQuery } from './rule-url.ts';
import { segmentRule, type SegmentRule } from './segment.ts';
import { arbitraryRule } from './testing/arbitrary-rule.ts';

const id = '6f0c6a0e-4a0e-4a57-8a38-2f7b1c9b0c01';
const toUrl = (rule: SegmentRule): string => new URLSearchParams(ruleToQuery(rule)).toString();
const fromUrl = (url: string) => ruleFromQuery([...new URLSearchParams(url)]);

test('a filter reads as people would write it', () => {
  const rule = segmentRule.parse({
    all: [
      { field: 'leadStatus', op: 'among', values: ['new', 'contacted'] },
      { field: 'leadScore', op: 'between', from: 51, to: 75 },
      { field: 'createdAt', op: 'between', from: '2026-01-01' },
      { field: 'lastInboundAt', op: 'notWithinDays', days: 14 },
      { field: 'tags', op: 'any', names: ['vip', 'a, b'] },
      { field: 'hasMessenger', op: 'is', value: true },
      { field: 'attribute', path: 'home.city', op: 'equals', value: 'Bonn' },
      { field: 'attribute', path: 'age', op: 'greater_than', value: 25 },
      { field: 'email', op: 'missing' },
      { field: 'search', op: 'matches', text: 'jo' },
    ],
  });
  expect(ruleToQuery(rule).map((pair) => pair.join('='))).toEqual([
    'leadStatus=among:new,contacted',
    'leadScore=between:51..75',
    'createdAt=between:2026-01-01..',
    'lastInboundAt=notWithinDays:14',
    'tags=any:vip,a\\, b',
    'hasMessenger=yes',
    'attribute.home.city=equals:Bonn',
    'attribute.age=greater_than:25',
    'email=missing',
    'search=jo',
  ]);
});

const TRICKY = [
  'a',
  'a,b',
  '\\',
  '\\,',
  '"quoted"',
  'x=1&y=2',
  '%25',
  'true',
  '12',
  '-1e3',
  'ß ü 日本',
  '🎉',
  '..',
  ':',
  "'",
];
const pool = {
  texts: TRICKY,
  phones: ['+1 (415) 555-0100', '0044 20'],
  numbers: [0, -1, 50.5, 1e12],
  dates: ['2026-01-01', '2024-02-29'],
  days: [1, 14],
  ids: [id],
  statuses: ['new', 'Contact Made'],
  tags: TRICKY,
  groups: [id],
  segments: [id],
  paths: ['a', 'a.b', 'a\\.b', '__proto__', '"', "it's", 'x=1&y', '日本', ' '],
  scalars: [...TRICKY, '', ' ', 'false', 'null', '[1]', '{}', '1.0', '0x10', true, false, 0, -1.5, 25],
  searches: TRICKY,
};

test('whatever a rule says, its URL says the same', () => {
  fc.assert(
    fc.property(arbitraryRule(pool), (rule) => {
      const whole = 'all' in rule ? rule : { all: [rule] };
      expect(fromUrl(toUrl(rule))).toEqual({ rule: whole, ignored: [] });
    }),
    { numRuns: 2_000 },
  );
});

test('text that is not of the pool comes back too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), fc.string({ maxLength: 50 }), (a, b) => {
      const text = segmentRule.safeParse({ field: 'company', op: 'contains', value: a.toWellFormed() });
      const value = segmentRule.safeParse({ field: 'attribute', path: 'x', op: 'equals', value: b });
      const tag = segmentRule.safeParse({ field: 'tags', op: 'none', names: [a.toWellFormed(), b] });
      for (const read of [text, value, tag])
        if (read.success) expect(fromUrl(toUrl(read.data)).rule).toEqual({ all: [read.data] });
    }),
  );
});

test('names that are not ours are left alone, and what makes no sense is left out and named', () => {
  const url =
    'view=cards&sort=name&leadScore=atLeast:many&email=exists&leadScore=atLeast:&createdAt=before:soon&where={&hasMessenger=maybe&tags=any:';
  expect(fromUrl(url)).toEqual({
    rule: { all: [{ field: 'email', op: 'exists' }] },
    ignored: ['leadScore', 'leadScore', 'createdAt', 'where', 'hasMessenger', 'tags'],
  });
});

test('more conditions than a rule may have are all left out, not some of them', () => {
  const url = Array.from({ length: 201 }, () => 'email=exists').join('&');
  const read = fromUrl(url);
  expect(read.rule).toEqual({ all: [] });
  expect(read.ignored).toHaveLength(201);
});
