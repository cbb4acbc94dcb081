import { expect, test } from 'vitest';
import type { ShapeDefinition, TextRow } from '../shape-definition.ts';
import { encodeMessage, rowKey, toShapeOperations, type MessageShape, type RowChange } from './shape-message.ts';

const define = (change: Partial<ShapeDefinition> = {}, keys = ['id'], hasPrimaryKey = true): MessageShape => ({
  definition: { table: 'things', columns: ['id', 'name', 'note'], where: [], ...change },
  keys,
  hasPrimaryKey,
  padded: new Set(),
});
const row = (change: TextRow = {}): TextRow => ({ id: '1', name: 'a', note: null, hidden: 'x', ...change });
const update = (after: TextRow, before: TextRow = {}): RowChange => ({
  kind: 'update',
  before: row(before),
  after: row(after),
});
const key = '"public"."things"/"1"';

test('an update carries the key and what changed; in full all columns and what was before', () => {
  expect(toShapeOperations(define(), update({ name: 'b' }))).toEqual([
    { operation: 'update', key, value: { id: '1', name: 'b' } },
  ]);
  expect(toShapeOperations(define({ replica: 'full' }), update({ name: 'b' }))).toEqual([
    { operation: 'update', key, value: { id: '1', name: 'b', note: null }, old: { name: 'a' } },
  ]);
});

test('a change of other columns says nothing', () => {
  expect(toShapeOperations(define(), update({ hidden: 'y' }))).toEqual([]);
});

test('a delete carries the key; in full the row; without a primary key every column', () => {
  const gone: RowChange = { kind: 'delete', before: row() };
  const valueOf = (shape: MessageShape) => toShapeOperations(shape, gone)[0]?.value;
  expect(valueOf(define())).toEqual({ id: '1' });
  expect(valueOf(define({ replica: 'full' }))).toEqual({ id: '1', name: 'a', note: null });
  expect(valueOf(define({}, ['id', 'name', 'note'], false))).toEqual({ id: '1', name: 'a', note: null });
});

test('a changed key is a delete and an insert that name each other', () => {
  const to = '"public"."things"/"2"';
  expect(toShapeOperations(define(), update({ id: '2' }))).toEqual([
    { operation: 'delete', key, value: { id: '1' }, headers: { key_change_to: to } },
    { operation: 'insert', key: to, value: { id: '2', name: 'a', note: null }, headers: { key_change_from: key } },
  ]);
});

test('a row that enters is inserted, one that leaves is deleted, one that stays out is nothing', () => {
  const shape = define({ where: [{ column: 'name', value: 'b' }] });
  const operations = (change: RowChange) => toShapeOperations(shape, change).map(({ operation }) => operation);
  expect(operations(update({ name: 'b' }))).toEqual(['insert']);
  expect(operations(update({ name: 'c' }, { name: 'b' }))).toEqual(['delete']);
  expect(operations(update({ name: 'c' }))).toEqual([]);
});

test('keys of several columns and odd names are told apart', () => {
  const odd = define({ schema: 'my.schema', table: 'a/b "c"' }, ['id', 'name', 'note']);
  expect(rowKey(odd, { id: '1/2', name: '"', note: null })).toBe('"my..schema"."a//b "c""/"1//2"/"""/_');
});

test('a message tells its place, its transaction and whether it is the last', () => {
  const [message] = toShapeOperations(define({ replica: 'full' }), update({ name: 'b' }));
  expect(message && JSON.parse(encodeMessage(define(), message, { lsn: '77', xid: 5, op: 2, last: true }))).toEqual({
    key,
    value: { id: '1', name: 'b', note: null },
    old_value: { name: 'a' },
    headers: { operation: 'update', relation: ['public', 'things'], lsn: '77', op_position: 2, txids: [5], last: true },
  });
});
