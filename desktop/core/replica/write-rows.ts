import { must } from '../../../shared/kernel/must.ts';
import type { Cell, Cells } from './cells.ts';
import { numbered, type Replica } from './open-replica.ts';
import { DERIVING, type DerivedColumn, type ReplicaTable } from './replica-schema.ts';

/** The row as synced columns, or null. */
export function findRow(replica: Replica, table: ReplicaTable, id: string): Cells | null {
  const row = replica.sql(`SELECT ${table.columns.join(', ')} FROM ${table.name} WHERE id = ?`).get(id);
  return (row as Cells | undefined) ?? null;
}

const cellsOf = (row: Cells, columns: DerivedColumn['from']): [Cell, Cell, Cell, Cell, Cell] =>
  columns.map((column) => row[column] ?? null) as [Cell, Cell, Cell, Cell, Cell];

/** Inserts a whole row, or overwrites the one of that id in place: never REPLACE, which would skip the delete triggers. */
export function upsertRow(replica: Replica, table: ReplicaTable, row: Cells): void {
  const cells = table.columns.map((column) => row[column] ?? null);
  // Computed here and not by the SQL functions of `updateRow`: a first sync calls this a hundred thousand times.
  for (const { fn, from } of table.derived) cells.push(must(DERIVING[fn], fn)(...cellsOf(row, from)));
  replica.sql(upsertSql(table)).run(cells);
  replica.touch(table.name, 1, String(row['id']));
}

const upserts = new Map<string, string>();
function upsertSql(table: ReplicaTable): string {
  const known = upserts.get(table.name);
  if (known) return known;
  const all = [...table.columns, ...table.derived.map((d) => d.column)];
  const sql = `INSERT INTO ${table.name} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${all
      .filter((c) => c !== 'id')
      .map((c) => `${c} = excluded.${c}`)
      .join(', ')}`;
  upserts.set(table.name, sql);
  return sql;
}

/** Inserts a row unless there is one of that id. */
export function insertRowIfAbsent(replica: Replica, table: ReplicaTable, row: Cells): void {
  const all = [...table.columns, ...table.derived.map((d) => d.column)];
  const cells = table.columns.map((column) => row[column] ?? null);
  for (const { fn, from } of table.derived) cells.push(must(DERIVING[fn], fn)(...cellsOf(row, from)));
  const { changes } = replica
    .sql(
      `INSERT INTO ${table.name} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`,
    )
    .run(cells);
  if (changes > 0) replica.touch(table.name, 1, String(row['id']));
}

/** Writes the same cells into many rows; `ids` is a JSON array. */
export function updateRows(replica: Replica, table: ReplicaTable, ids: string, cells: Cells): void {
  const columns = Object.keys(cells);
  if (columns.length === 0) return;
  const sets = [...columns.map((c, i) => `${c} = ?${i + 2}`), ...derivedSets(table, columns)];
  const { changes } = replica
    .sql(`UPDATE ${table.name} SET ${sets.join(', ')} WHERE id IN (SELECT value FROM json_each(?1))`)
    .run(numbered<Cell>(ids, ...columns.map((c) => cells[c] ?? null)));
  if (changes > 0) replica.touch(table.name, changes);
}

/** Writes some columns of a row. False when there is no such row. */
export function updateRow(replica: Replica, table: ReplicaTable, id: string, cells: Cells): boolean {
  const columns = Object.keys(cells).filter((column) => column !== 'id' && column in table.kinds);
  if (columns.length === 0) return findRow(replica, table, id) !== null;
  const values: Cell[] = columns.map((column) => cells[column] ?? null);
  const sets = [...columns.map((c, i) => `${c} = ?${i + 2}`), ...derivedSets(table, columns)];
  const sql = `UPDATE ${table.name} SET ${sets.join(', ')} WHERE id = ?1`;
  const { changes } = replica.sql(sql).run(numbered(id, ...values));
  if (changes > 0) replica.touch(table.name, 1, id);
  return changes > 0;
}

/** Derived columns depend on old and new cells: new ones are parameters, the others are read from the row itself. */
function derivedSets(table: ReplicaTable, written: readonly string[]): string[] {
  return table.derived
    .filter((d) => d.from.some((column) => written.includes(column)))
    .map((d) => {
      const args = d.from.map((column) => (written.includes(column) ? `?${written.indexOf(column) + 2}` : column));
      return `${d.column} = ${d.fn}(${args.join(', ')})`;
    });
}

export function deleteRow(replica: Replica, table: ReplicaTable, id: string): void {
  if (replica.sql(`DELETE FROM ${table.name} WHERE id = ?`).run(id).changes > 0) replica.touch(table.name, 1, id);
}
