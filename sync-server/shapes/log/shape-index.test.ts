import { expect, test } from 'vitest';
import type { ShapeCondition, ShapeDefinition, TextRow } from '../shape-definition.ts';
import { isInShape } from '../shape-definition.ts';
import { ShapeIndex } from './shape-index.ts';

const TABLE = '"public"."things"';
const shape = (...where: ShapeCondition[]): { definition: ShapeDefinition } => ({
  definition: { table: 'things', columns: ['id'], where },
});
const tenant = (value: string) => ({ column: 'tenant_id', value });

test('a change of one of ten thousand tenants finds the shapes of that tenant alone', () => {
  const index = new ShapeIndex<ReturnType<typeof shape>>();
  const shapes = Array.from({ length: 10_000 }, (_, i) => shape(tenant(`t${i}`)));
  for (const one of shapes) index.add(one);
  expect([...index.candidates(TABLE, [{ tenant_id: 't77' }])]).toEqual([shapes[77]]);
  expect(index.candidates(TABLE, [{ tenant_id: 'nobody' }, { tenant_id: null }]).size).toBe(0);
  expect(index.ofTable(TABLE).size).toBe(10_000);
});

test('a row that moves finds the shape it leaves and the one it enters', () => {
  const index = new ShapeIndex<ReturnType<typeof shape>>();
  const [left, entered, other] = [shape(tenant('a')), shape(tenant('b')), shape(tenant('c'))];
  for (const one of [left, entered, other]) index.add(one);
  expect(index.candidates(TABLE, [{ tenant_id: 'a' }, { tenant_id: 'b' }])).toEqual(new Set([left, entered]));
});

test('finds every shape a row is in, whatever its conditions, and no removed one', () => {
  const conditions: ShapeCondition[] = [
    tenant('a'),
    { column: 'kind', in: ['x', 'y'] },
    { column: 'at', from: '2026-01-01 00:00:00+00' },
    { column: 'name', like: 'foo%' },
  ];
  const index = new ShapeIndex<ReturnType<typeof shape>>();
  // Every subset of the conditions.
  const shapes = Array.from({ length: 16 }, (_, bits) => shape(...conditions.filter((_c, i) => bits & (1 << i))));
  for (const one of shapes) index.add(one);
  const rows: TextRow[] = ['a', 'b'].flatMap((tenant_id) =>
    ['x', 'z', null].flatMap((kind) =>
      ['2025-12-31 23:59:59.999+00', '2026-01-01 00:00:00+00'].map((at) => ({ tenant_id, kind, at, name: 'food' })),
    ),
  );
  const isFound = (row: TextRow) => [...index.candidates(TABLE, [row])].filter((s) => isInShape(s.definition, row));
  for (const row of rows)
    expect(new Set(isFound(row))).toEqual(new Set(shapes.filter((s) => isInShape(s.definition, row))));
  for (const one of shapes.slice(1)) index.remove(one);
  expect(index.ofTable(TABLE)).toEqual(new Set([shapes[0]]));
});

test('a list too long to spell out is still found', () => {
  const index = new ShapeIndex<ReturnType<typeof shape>>();
  const long = shape({ column: 'kind', in: Array.from({ length: 1_000 }, (_, i) => `k${i}`) });
  index.add(long);
  expect(index.candidates(TABLE, [{ kind: 'k999' }])).toEqual(new Set([long]));
});

test.each([
  ['2026-01-01 00:00:00+00', true],
  ['2026-01-01 00:00:00.001+00', true],
  ['2025-12-31 23:59:59.999+00', false],
  ['12026-01-01 00:00:00+00', true],
  ['0044-03-15 00:00:00+00 BC', false],
  ['infinity', true],
  ['-infinity', false],
  [null, false],
])('%s from 2026 on: %s', (at, expected) => {
  const { definition } = shape({ column: 'at', from: '2026-01-01 00:00:00+00' });
  expect(isInShape(definition, { at })).toBe(expected);
});
