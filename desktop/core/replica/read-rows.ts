import { must } from '../../../shared/kernel/must.ts';
import type { ColumnKind } from '../../../shared/protocol/synced-table.ts';
import { REPLICA_TABLES } from './replica-schema.ts';
import type { Cell, Cells } from './cells.ts';
import type { ReadConnection } from './read-connection.ts';

const toKey = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

type Column = { column: string; key: string; read: (cell: Cell) => unknown };

const asIs = (cell: Cell): unknown => cell;
const READ_CELL: Partial<Record<ColumnKind, Column['read']>> = {
  boolean: (cell) => cell === 1,
  json: (cell) => JSON.parse(String(cell)) as unknown,
};

/** How each table's columns become keys, worked out once: lists read thousands of rows a second. */
const columnsOf = new Map<string, readonly Column[]>(
  REPLICA_TABLES.map(({ name, kinds }) => [
    name,
    Object.entries(kinds).map(([column, kind]) => ({ column, key: toKey(column), read: READ_CELL[kind] ?? asIs })),
  ]),
);

/** A row of a replicated table as TypeScript knows it: camelCase keys, booleans and json as values. Columns not read are absent. */
export function toRecord<T>(tableName: string, cells: Cells): T {
  const record: Record<string, unknown> = {};
  for (const { column, key, read } of must(columnsOf.get(tableName), tableName)) {
    const cell = cells[column];
    if (cell !== undefined) record[key] = cell === null ? null : read(cell);
  }
  return record as T;
}

/** Which of these rows have something pending. */
export function findPendingIds(db: ReadConnection, table: string, ids: readonly string[]): Set<string> {
  const found = db
    .sql('SELECT DISTINCT id FROM pending_target WHERE tbl = ? AND id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(table, JSON.stringify(ids)) as string[];
  return new Set(found);
}
