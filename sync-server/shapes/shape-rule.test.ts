import { expect, test } from 'vitest';
import { AppError } from '../../shared/kernel/app-error.ts';
import { syncedTable } from '../../shared/protocol/synced-table.ts';
import { toElectricUrl } from './electric-source.ts';
import { defineShape, getRule, type ShapeRule } from './shape-rule.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const things = syncedTable('things', { firstName: 'text', createdAt: 'instant' });
const reader = { tenantId: 'tenant-1', userId: 'user-1', deviceId: 'device-1', role: 'AGENT' } as const;
const plain: ShapeRule = { table: things, role: 'AGENT', scope: 'tenant' };
const windowed: ShapeRule = { ...plain, window: { column: 'created_at', days: [30, 90] } };
const mine = { column: 'tenant_id', value: 'tenant-1' };

const whereOf = (days: string | undefined, limitDays: number | null, rule = windowed) =>
  defineShape(rule, reader, { days }, { now: NOW, limitDays }).where;
const columnsOf = (columns?: string) => defineShape(plain, reader, { columns }, { now: NOW, limitDays: null }).columns;

test('a shape that is not there is not found, one above the reader is forbidden', () => {
  expect(() => getRule([plain], 'users', reader)).toThrow(expect.objectContaining({ code: 'not_found' }) as AppError);
  expect(() => getRule([{ ...plain, role: 'ADMIN' }], 'things', reader)).toThrow(
    expect.objectContaining({ code: 'forbidden' }) as AppError,
  );
  expect(getRule([plain], 'things', reader)).toBe(plain);
});

test('an app names the columns it knows, and gets those of them that there are, with the id', () => {
  expect(columnsOf()).toEqual(['id', 'first_name', 'created_at']);
  expect(columnsOf('first_name,not_yet')).toEqual(['id', 'first_name']);
  expect(columnsOf('"created_at","id","tenant_id","secret"')).toEqual(['id', 'created_at']);
  expect(columnsOf('')).toEqual(['id']);
});

test('an app that names the columns it knows keeps its definition when the server gains one', () => {
  const grown = { ...plain, table: syncedTable('things', { firstName: 'text', added: 'text', createdAt: 'instant' }) };
  const known = { columns: '"id","first_name","created_at"' };
  const bounds = { now: NOW, limitDays: null };
  expect(defineShape(grown, reader, known, bounds)).toEqual(defineShape(plain, reader, known, bounds));
});

test('a window begins on the first of the month at or before so many days ago', () => {
  expect(whereOf('30', null)).toEqual([mine, { column: 'created_at', from: '2026-10-01 00:00:00+00' }]);
  expect(whereOf('90', null)).toEqual([mine, { column: 'created_at', from: '2026-08-01 00:00:00+00' }]);
});

test("the narrower of the reader's window and the tenant's holds", () => {
  expect(whereOf('90', 30)).toEqual(whereOf('30', null));
  expect(whereOf('30', 90)).toEqual(whereOf('30', null));
  expect(whereOf(undefined, 45)).toEqual([mine, { column: 'created_at', from: '2026-10-01 00:00:00+00' }]);
});

test.each(['31', '-30', '1e9', '30 or true', ''])(
  'a window of %s days is not one of ours and changes nothing',
  (days) => {
    expect(whereOf(days, null)).toEqual([mine]);
    expect(whereOf(days, 90)).toEqual(whereOf('90', null));
  },
);

test('a shape without a window knows no days', () => {
  expect(whereOf('30', 30, plain)).toEqual([mine]);
});

test('Electric is told the same rows', () => {
  const shape = defineShape(windowed, reader, { days: '30' }, { now: NOW, limitDays: null });
  const query = Object.fromEntries(toElectricUrl('http://electric', undefined, shape, { offset: '-1' }).searchParams);
  expect(query).toEqual({
    offset: '-1',
    table: 'things',
    columns: 'id,first_name,created_at',
    where: `"tenant_id" = $1 AND "created_at" >= $2`,
    'params[1]': 'tenant-1',
    'params[2]': '2026-10-01 00:00:00+00',
  });
});
