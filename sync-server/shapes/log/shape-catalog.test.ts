import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ShapeDefinition } from '../shape-definition.ts';
import { ShapeCatalog } from './shape-catalog.ts';
import type { TableSchema } from './table-schema.ts';

const DAY = 86_400_000;
const schema: TableSchema = {
  oid: 1,
  columns: { id: { type: 'uuid' }, name: { type: 'text' } },
  keys: ['id'],
  hasPrimaryKey: true,
  signature: {},
};
const schemas = new Map([['"public"."things"', schema]]);
const ofTenant = (value: string): ShapeDefinition => ({
  table: 'things',
  columns: ['id', 'name'],
  where: [{ column: 'tenant_id', value }],
});

let dir: string;
let catalog: ShapeCatalog;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'catalog-'));
  catalog = new ShapeCatalog(dir, { mostShapes: 10, unaskedMs: 7 * DAY });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** As after kill -9: nothing was closed. */
const reopen = (found = schemas) => {
  catalog = new ShapeCatalog(dir, { mostShapes: 10, unaskedMs: 7 * DAY });
  catalog.load(found);
};

test('shapes are there after a crash, with the handles they had', () => {
  const made = ['a', 'b'].map((tenant) => catalog.add(ofTenant(tenant), schema, 1_000).handleOf(5));
  appendFileSync(path.join(dir, 'catalog.jsonl'), '{"add":{"table":"thi');
  reopen();
  expect(Array.from(catalog.all(), (shape) => shape.handleOf(5))).toEqual(made);
});

test('a dropped shape stays dropped, and when it is made again its old handles are not valid', () => {
  const old = catalog.add(ofTenant('a'), schema, 1_000);
  const handle = old.handleOf(5);
  catalog.drop([old]);
  expect(old.readHandle(handle)).toBeNull();
  reopen();
  expect(catalog.size).toBe(0);
  // Even with a clock that stands still.
  const again = catalog.add(ofTenant('a'), schema, 1_000);
  expect(again.readHandle(handle)).toBeNull();
  expect(again.readHandle(again.handleOf(5))).toBe(5);
});

test('a shape of an altered table is not taken up', () => {
  catalog.add(ofTenant('a'), schema, 1_000);
  const altered = { ...schema, columns: { ...schema.columns, name: { type: 'varchar' } } };
  reopen(new Map([['"public"."things"', altered]]));
  expect(catalog.size).toBe(0);
});

test('what nobody asked for in a week is stale', () => {
  const now = 100 * DAY;
  catalog.add(ofTenant('old'), schema, now - 8 * DAY);
  catalog.add(ofTenant('asked'), schema, now - 8 * DAY).askedAt = now - DAY;
  expect(catalog.stale(now).map(({ definition }) => definition)).toEqual([ofTenant('old')]);
});

test('beyond the cap the longest unasked go, and room is made for some more', () => {
  for (let i = 0; i <= 10; i += 1) catalog.add(ofTenant(`t${i}`), schema, 1_000 + i);
  expect(catalog.stale(2_000).map(({ definition }) => definition)).toEqual([ofTenant('t0'), ofTenant('t1')]);
});

test('a start that could not reach the database leaves the list as it was', () => {
  catalog.add(ofTenant('a'), schema, 1_000);
  new ShapeCatalog(dir).close();
  reopen();
  expect(catalog.size).toBe(1);
});
