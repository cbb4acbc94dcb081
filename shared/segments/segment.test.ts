import { expect, test } from 'vitest';
import { idsIn, leavesOf, MAX_DEPTH, MAX_LEAVES, segmentRule, type SegmentRule } from './segment.ts';

const leaf = { field: 'email', op: 'exists' } as const;
const many = (count: number) => Array.from({ length: count }, () => leaf);
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const messageOf = (rule: unknown): string | null => {
  const read = segmentRule.safeParse(rule);
  return read.success ? null : (read.error.issues[0]?.message ?? '');
};

function nested(depth: number): unknown {
  let rule: unknown = leaf;
  for (let i = 0; i < depth; i += 1) rule = i % 2 === 0 ? { not: rule } : { all: [rule] };
  return rule;
}

test('conditions are nested as deep as is allowed and no deeper, however deep somebody tries', () => {
  expect(messageOf(nested(MAX_DEPTH))).toBeNull();
  for (const depth of [MAX_DEPTH + 1, 100_000])
    expect(messageOf(nested(depth))).toBe(`Conditions can be nested ${MAX_DEPTH} deep.`);
});

test('there are as many conditions as are allowed and no more, spread over groups or not', () => {
  expect(messageOf({ all: many(MAX_LEAVES) })).toBeNull();
  expect(messageOf({ all: many(MAX_LEAVES + 1) })).toBe(`A segment can have ${MAX_LEAVES} conditions.`);
  expect(messageOf({ any: [{ all: many(150) }, { any: many(51) }] })).toBe(
    `A segment can have ${MAX_LEAVES} conditions.`,
  );
  expect(messageOf({ any: Array.from({ length: 200_000 }, () => ({ all: [] })) })).not.toBeNull();
});

test.each([
  [{ field: 'email', op: 'isNear' }, 'email'],
  [{ field: 'shoeSize', op: 'is', value: 42 }, 'shoeSize'],
  [{ field: 'leadScore', op: 'is', value: 'hot' }, 'leadScore'],
  [{ all: [leaf, { field: 'company', op: 'contains', value: ' ' }] }, 'company'],
  [{ all: [leaf], any: [leaf] }, 'all'],
  [{ tags: ['vip'] }, 'tags'],
  ['vip', 'vip'],
  [null, 'null'],
])('%j is refused, and the message says which condition it is about', (rule, word) => {
  expect(messageOf(rule)).toContain(word);
});

test('spellings of a status, the case of an id and what no database keeps are made one', () => {
  const read = segmentRule.parse({
    all: [
      { field: 'leadStatus', op: 'among', values: ['Contact Made', 'DNC'] },
      { field: 'groups', op: 'any', ids: ['ABCDEF00-0000-4000-8000-000000000001'] },
      { field: 'company', op: 'is', value: ' Ac\0me\ud800 ' },
    ],
  });
  expect([...leavesOf(read)]).toMatchObject([
    { values: ['contact_made', 'dnc'] },
    { ids: ['abcdef00-0000-4000-8000-000000000001'] },
    { value: 'Acme\ufffd' },
  ]);
});

test('the ids that a rule names are found wherever they stand', () => {
  const rule: SegmentRule = {
    any: [
      { not: { field: 'segment', op: 'in', id: id(1) } },
      { all: [{ field: 'stageId', op: 'among', values: [id(2), id(3)] }] },
      { field: 'groups', op: 'none', ids: [id(4)] },
      { field: 'ownerId', op: 'missing' },
      { field: 'leadStatus', op: 'among', values: ['new'] },
    ],
  };
  expect([...idsIn(rule)]).toEqual([id(1), id(2), id(3), id(4)]);
});
