import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleToWords } from './rule-words.ts';
import { segmentRule } from './segment.ts';

const id = '6f0c6a0e-4a0e-4a57-8a38-2f7b1c9b0c01';
const words = (rule: unknown) => ruleToWords(segmentRule.parse(rule));
const leaf = (field: string, verb: string, ...values: object[]) => ({ kind: 'leaf', field, path: null, verb, values });

test('“whose stage is Quote sent and score is at least Hot” can be said', () => {
  const stage = { field: 'stageId', op: 'among', values: [id] };
  const score = { field: 'leadScore', op: 'atLeast', value: 51 };
  expect(words({ all: [stage, score] })).toEqual({
    kind: 'all',
    parts: [
      leaf('stageId', 'is', { kind: 'stage', id }),
      leaf('leadScore', 'atLeast', { kind: 'score', score: 51, band: 'hot' }),
    ],
  });
});

test.each([
  [{ op: 'between', from: 51, to: 75 }, 'is', ['hot']],
  [{ op: 'between', from: 26, to: 75 }, 'between', ['warm', 'hot']],
  [{ op: 'between', from: 50, to: 60 }, 'between', [null, null]],
  [{ op: 'between', from: 76 }, 'from', ['veryHot']],
  [{ op: 'between', to: 25 }, 'upTo', ['cold']],
  [{ op: 'atMost', value: 50 }, 'atMost', ['warm']],
  [{ op: 'above', value: 75 }, 'above', ['hot']],
  [{ op: 'below', value: 26 }, 'below', ['warm']],
  [{ op: 'is', value: 80 }, 'is', [null]],
])('a score %j is named by its range where it borders on one', (score, verb, bands) => {
  const said = words({ field: 'leadScore', ...score });
  expect(said).toMatchObject({ verb, values: bands.map((band) => ({ kind: 'score', band })) });
});

test('groups of one are opened, and like groups are one', () => {
  const [a, b] = [
    { field: 'email', op: 'exists' },
    { field: 'phone', op: 'missing' },
  ];
  expect(words({ all: [{ any: [a] }] })).toEqual(leaf('email', 'exists'));
  expect(words({ any: [{ any: [a, b] }, a] })).toMatchObject({ kind: 'any', parts: [{}, {}, {}] });
  expect(words({ all: [] })).toEqual({ kind: 'everybody' });
  expect(words({ all: [a, { any: [] }] })).toEqual({ kind: 'nobody' });
  expect(words({ any: [a, { all: [] }] })).toEqual({ kind: 'everybody' });
});

test('a not is told by the opposite verb, and around a group by “neither”', () => {
  const tags = { field: 'tags', op: 'all', names: ['vip', 'warm'] };
  const email = { field: 'email', op: 'exists' };
  expect(words({ not: tags })).toMatchObject({ verb: 'lacksSome', values: [{ name: 'vip' }, { name: 'warm' }] });
  expect(words({ not: { any: [tags, email] } })).toMatchObject({ kind: 'neither', parts: [{ verb: 'hasAll' }, {}] });
  expect(words({ not: { all: [tags, email] } })).toMatchObject({ kind: 'neither', parts: [{ kind: 'all' }] });
  fc.assert(
    fc.property(fc.constantFrom({ any: [tags, email] }, { all: [tags, email] }, tags, email, { all: [] }), (rule) => {
      expect(words({ not: { not: rule } })).toEqual(words(rule));
    }),
  );
});

test.each([
  [{ field: 'lastInboundAt', op: 'notWithinDays', days: 14 }, 'notWithinDays', { kind: 'days', days: 14 }],
  [{ field: 'createdAt', op: 'between', to: '2026-01-31' }, 'upTo', { kind: 'date', date: '2026-01-31' }],
  [{ field: 'estimatedRevenueCents', op: 'above', value: 5_00 }, 'above', { kind: 'cents', cents: 500 }],
  [{ field: 'leadStatus', op: 'notAmong', values: ['DNC'] }, 'isNot', { kind: 'status', key: 'dnc' }],
  [{ field: 'sentiment', op: 'among', values: ['hot'] }, 'is', { kind: 'sentiment', sentiment: 'hot' }],
  [{ field: 'hasInstagram', op: 'is', value: false }, 'is', { kind: 'truth', value: false }],
  [{ field: 'consent', op: 'given', kind: 'any' }, 'given', { kind: 'consent', consent: 'any' }],
  [{ field: 'groups', op: 'any', ids: [id] }, 'hasAny', { kind: 'group', id }],
  [{ field: 'segment', op: 'in', id }, 'in', { kind: 'segment', id }],
  [{ field: 'search', op: 'matches', text: 'jo' }, 'matches', { kind: 'text', text: 'jo' }],
])('%j has a verb and a value', (rule, verb, value) => {
  expect(words(rule)).toEqual({ kind: 'leaf', field: rule.field, path: null, verb, values: [value] });
});

test('an attribute is named by its path', () => {
  const rule = { field: 'attribute', path: 'home.city', op: 'not_equals', value: 'Bonn' };
  expect(words(rule)).toEqual({ ...leaf('attribute', 'isNot', { kind: 'text', text: 'Bonn' }), path: 'home.city' });
});
