import type { ShapeDefinition } from './shape-rule.ts';

/** A row as Postgres writes it: text or null, by column. */
export type TextRow = Readonly<Record<string, string | null>>;

export type RowChange =
  | { readonly kind: 'insert'; readonly after: TextRow }
  | { readonly kind: 'update'; readonly before: TextRow; readonly after: TextRow }
  | { readonly kind: 'delete'; readonly before: TextRow };

type Position = { readonly lsn: string; readonly xid: number; readonly op: number; readonly last: boolean };

/** `"public"."contacts"/"<id>"`: how the protocol names a row. */
export const rowKey = (table: string, id: string): string => `"public"."${table}"/"${id.replaceAll('/', '//')}"`;

/**
 * What a change means for a shape: rows that come into it are inserts, rows that leave it are deletes,
 * an update carries the id and what changed, and a change outside its rows or columns is nothing (null).
 */
export function toShapeOperation(shape: ShapeDefinition, change: RowChange) {
  const before = change.kind === 'insert' ? null : selectRow(shape, change.before);
  const after = change.kind === 'delete' ? null : selectRow(shape, change.after);
  if (!before) return after && { operation: 'insert', value: after };
  if (!after) return { operation: 'delete', value: { id: before['id'] ?? null } };
  const changed = Object.entries(after).filter(([column, value]) => value !== before[column]);
  return changed.length === 0
    ? null
    : { operation: 'update', value: { id: after['id'] ?? null, ...Object.fromEntries(changed) } };
}

type ShapeOperation = NonNullable<ReturnType<typeof toShapeOperation>>;

/** A change as clients receive it. `op` steps by two within a transaction, as Electric's do. */
export const encodeMessage = (shape: ShapeDefinition, { operation, value }: ShapeOperation, at: Position): string =>
  JSON.stringify({
    key: rowKey(shape.table, String(value['id'])),
    value,
    headers: {
      operation,
      relation: ['public', shape.table],
      lsn: at.lsn,
      op_position: at.op,
      txids: [at.xid],
      ...(at.last ? { last: true } : {}),
    },
  });

function selectRow({ columns, where }: ShapeDefinition, row: TextRow): TextRow | null {
  if (!where.every(({ column, value }) => row[column] === value)) return null;
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}
