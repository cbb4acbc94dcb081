import { must } from '../../../shared/kernel/must.ts';
import type { Cell, Cells } from './cells.ts';
import { CHECKPOINT_PAGES, numbered, type Replica } from './open-replica.ts';
import { DERIVING, getReplicaTable, indexNameOf, type DerivedColumn, type ReplicaTable } from './replica-schema.ts';

/** 200 MB of log at most. */
const BULK_CHECKPOINT_PAGES = 50_000;

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
  replica.touch(table.name);
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

/** Writes some columns of a row. False when there is no such row. */
export function updateRow(replica: Replica, table: ReplicaTable, id: string, cells: Cells): boolean {
  const columns = Object.keys(cells).filter((column) => column !== 'id' && column in table.kinds);
  if (columns.length === 0) return findRow(replica, table, id) !== null;
  const values: Cell[] = columns.map((column) => cells[column] ?? null);
  const sets = [...columns.map((c, i) => `${c} = ?${i + 2}`), ...derivedSets(table, columns)];
  const sql = `UPDATE ${table.name} SET ${sets.join(', ')} WHERE id = ?1`;
  const { changes } = replica.sql(sql).run(numbered(id, ...values));
  if (changes > 0) replica.touch(table.name);
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
  if (replica.sql(`DELETE FROM ${table.name} WHERE id = ?`).run(id).changes > 0) replica.touch(table.name);
}

/** Before a first sync: drops what is cheaper to build once than to keep. The flag brings it back after a crash. */
export function beginBulk(replica: Replica, name: string): void {
  const table = getReplicaTable(name);
  if (table.indexes.length === 0) return;
  for (const sql of table.beforeBulk) replica.db.exec(sql);
  for (const index of table.indexes) replica.db.exec(`DROP INDEX IF EXISTS ${indexNameOf(index)}`);
  // Each checkpoint would write the same index pages again.
  replica.db.pragma(`wal_autocheckpoint = ${BULK_CHECKPOINT_PAGES}`);
  replica.sql('UPDATE stream SET bulk = 1 WHERE tbl = ?').run(name);
}

/** After it: indexes, then full text, then the triggers that keep it. */
export function endBulk(replica: Replica, name: string): void {
  const table = getReplicaTable(name);
  for (const index of table.indexes) replica.db.exec(`CREATE INDEX IF NOT EXISTS ${index}`);
  for (const sql of table.afterIndexes) replica.db.exec(sql);
  replica.db.exec(`ANALYZE ${name}`);
  replica.db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  replica.sql('UPDATE stream SET bulk = 0 WHERE tbl = ?').run(name);
}
