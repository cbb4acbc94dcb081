import type { Cells } from '../replica/cells.ts';
import type { Replica } from '../replica/open-replica.ts';
import type { ReplicaTable } from '../replica/replica-schema.ts';

export function clearStage(replica: Replica, table: ReplicaTable): void {
  replica.sql(`DELETE FROM ${table.name}__stage`).run();
}

/** Puts one message of a copy under way aside. False for an update of a row that the copy lacks. */
export function stageRow(
  replica: Replica,
  table: ReplicaTable,
  operation: 'insert' | 'update' | 'delete',
  id: string,
  cells: Cells,
): boolean {
  const stage = `${table.name}__stage`;
  if (operation === 'delete') {
    replica.sql(`DELETE FROM ${stage} WHERE id = ?`).run(id);
    return true;
  }
  if (operation === 'insert') {
    const places = table.columns.map(() => '?').join(', ');
    replica
      .sql(`INSERT OR REPLACE INTO ${stage} (${table.columns.join(', ')}) VALUES (${places})`)
      .run(table.columns.map((column) => cells[column] ?? null));
    return true;
  }
  const columns = Object.keys(cells).filter((column) => column !== 'id');
  if (columns.length === 0) return replica.sql(`SELECT 1 FROM ${stage} WHERE id = ?`).get(id) !== undefined;
  const sets = columns.map((column) => `${column} = ?`).join(', ');
  return (
    replica.sql(`UPDATE ${stage} SET ${sets} WHERE id = ?`).run([...columns.map((c) => cells[c] ?? null), id]).changes >
    0
  );
}

/** The row in the copy that was set aside, or null. */
export function findStagedRow(replica: Replica, table: ReplicaTable, id: string): Cells | null {
  const row = replica.sql(`SELECT ${table.columns.join(', ')} FROM ${table.name}__stage WHERE id = ?`).get(id);
  return (row as Cells | undefined) ?? null;
}
