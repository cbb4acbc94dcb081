import { expect, test } from 'vitest';
import { checkRule } from './check-rule.ts';
import { segmentRule } from './segment.ts';
import { CONTEXT, GROUP, SEGMENT, STAGE } from './testing/segment-people.ts';

test('what was deleted since a rule was written is named, and so are segments that cannot be followed', () => {
  const rule = segmentRule.parse({
    all: [
      { field: 'leadStatus', op: 'among', values: ['new', 'Long gone'] },
      { not: { field: 'stageId', op: 'among', values: [STAGE[0], STAGE[1]] } },
      { field: 'groups', op: 'any', ids: [GROUP[2]] },
      { field: 'segment', op: 'in', id: SEGMENT[6] },
      { field: 'company', op: 'among', values: ['Not a thing'] },
      { field: 'ownerId', op: 'missing' },
      { field: 'tags', op: 'none', names: ['VIP', 'Gone'] },
      { field: 'attribute', path: 'home\\.base.city', op: 'exists' },
    ],
  });
  const there = new Set(['new', STAGE[0], 'VIP']);
  expect(checkRule(rule, CONTEXT, ({ id }) => there.has(id))).toEqual([
    { problem: 'gone', kind: 'status', id: 'long_gone' },
    { problem: 'gone', kind: 'stage', id: STAGE[1] },
    { problem: 'gone', kind: 'group', id: GROUP[2] },
    { problem: 'gone', kind: 'tag', id: 'Gone' },
    { problem: 'gone', kind: 'attribute', id: 'home.base' },
    { problem: 'missing', id: SEGMENT[6] },
  ]);
  expect(checkRule({ all: [] }, CONTEXT, () => false)).toEqual([]);
});
