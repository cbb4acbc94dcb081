import { isInShape, type ShapeDefinition, type TextRow } from '../shape-definition.ts';

export type RowChange =
  | { readonly kind: 'insert'; readonly after: TextRow }
  | { readonly kind: 'update'; readonly before: TextRow; readonly after: TextRow }
  | { readonly kind: 'delete'; readonly before: TextRow };

/** What messages of a shape are made from: its definition, the columns that name a row, and those whose text is padded (`char(n)`). */
export type MessageShape = {
  readonly definition: ShapeDefinition;
  readonly keys: readonly string[];
  readonly hasPrimaryKey: boolean;
  readonly padded: ReadonlySet<string>;
};

/** One message of a shape's log, without its place in the transaction. */
export type ShapeOperation = {
  readonly operation: 'insert' | 'update' | 'delete';
  readonly key: string;
  readonly value: TextRow;
  readonly old?: TextRow;
  readonly headers?: { readonly key_change_to?: string; readonly key_change_from?: string };
};

type Position = { readonly lsn: string; readonly xid: number; readonly op: number; readonly last: boolean };

const inName = (name: string) => name.replaceAll('.', '..').replaceAll('/', '//');

/** `"public"."contacts"`, the first part of every key of a table: slashes and dots within names are doubled. */
export const keyPrefix = ({ schema = 'public', table }: ShapeDefinition): string =>
  `"${inName(schema)}"."${inName(table)}"`;

/** `"public"."contacts"/"<id>"`: how the protocol names a row. */
export const rowKey = ({ definition, keys }: MessageShape, row: TextRow): string =>
  [keyPrefix(definition), ...keys.map((column) => keyPart(row[column] ?? null))].join('/');

const keyPart = (value: string | null): string => (value === null ? '_' : `"${value.replaceAll('/', '//')}"`);

/**
 * What a change means for a shape, as none, one or two messages: rows that come into it are inserts, rows that leave it are deletes,
 * an update carries the key and what changed, a changed key is a delete and an insert, and a change outside its rows or
 * columns is nothing.
 */
export function toShapeOperations(shape: MessageShape, change: RowChange): ShapeOperation[] {
  const { definition } = shape;
  const before = change.kind !== 'insert' && isInShape(definition, change.before) ? change.before : null;
  const after = change.kind !== 'delete' && isInShape(definition, change.after) ? change.after : null;
  if (!before) return after ? [{ operation: 'insert', key: rowKey(shape, after), value: selected(shape, after) }] : [];
  const oldKey = rowKey(shape, before);
  if (!after) return [{ operation: 'delete', key: oldKey, value: deleted(shape, before) }];
  const key = rowKey(shape, after);
  if (key !== oldKey)
    return [
      { operation: 'delete', key: oldKey, value: deleted(shape, before), headers: { key_change_to: key } },
      { operation: 'insert', key, value: selected(shape, after), headers: { key_change_from: oldKey } },
    ];
  return toUpdate(shape, key, before, after);
}

function toUpdate(shape: MessageShape, key: string, before: TextRow, after: TextRow): ShapeOperation[] {
  const { columns, replica } = shape.definition;
  const changed = columns.filter((column) => (before[column] ?? null) !== (after[column] ?? null));
  if (changed.length === 0) return [];
  if (replica === 'full')
    return [{ operation: 'update', key, value: selected(shape, after), old: pick(before, changed) }];
  return [{ operation: 'update', key, value: pick(after, [...ownKeys(shape), ...changed]) }];
}

/** A change as clients receive it. `op` steps by two within a transaction, as Electric's do. */
export const encodeMessage = (shape: MessageShape, message: ShapeOperation, at: Position): string =>
  JSON.stringify({
    key: message.key,
    value: message.value,
    ...(message.old ? { old_value: message.old } : {}),
    headers: {
      operation: message.operation,
      ...message.headers,
      relation: [shape.definition.schema ?? 'public', shape.definition.table],
      lsn: at.lsn,
      op_position: at.op,
      txids: [at.xid],
      ...(at.last ? { last: true } : {}),
    },
  });

const pick = (row: TextRow, columns: readonly string[]): TextRow =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));

const ownKeys = ({ keys, definition }: MessageShape) => keys.filter((column) => definition.columns.includes(column));

const selected = ({ definition }: MessageShape, row: TextRow): TextRow => pick(row, definition.columns);

const deleted = (shape: MessageShape, row: TextRow): TextRow =>
  shape.definition.replica === 'full' ? selected(shape, row) : pick(row, ownKeys(shape));
