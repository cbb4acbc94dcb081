import { getReplicaTable } from './replica-schema.ts';
import type { Cell, Cells } from './cells.ts';
import type { ReadConnection } from './read-connection.ts';

const toKey = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A row of a replicated table as TypeScript knows it: camelCase keys, booleans and json as values. */
export function toRecord<T>(tableName: string, cells: Cells): T {
  const { kinds } = getReplicaTable(tableName);
  return Object.fromEntries(
    Object.entries(cells)
      .filter(([column]) => column in kinds)
      .map(([column, cell]) => [toKey(column), readCell(kinds[column] ?? 'text', cell)]),
  ) as T;
}

function readCell(kind: string, cell: Cell): unknown {
  if (cell === null) return null;
  if (kind === 'boolean') return cell === 1;
  return kind === 'json' ? (JSON.parse(String(cell)) as unknown) : cell;
}

/** Which of these rows have something pending. */
export function findPendingIds(db: ReadConnection, table: string, ids: readonly string[]): Set<string> {
  const found = db
    .sql('SELECT DISTINCT id FROM pending_target WHERE tbl = ? AND id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(table, JSON.stringify(ids)) as string[];
  return new Set(found);
}
