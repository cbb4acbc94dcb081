import type { Cells } from '../replica/cells.ts';
import type { Replica } from '../replica/open-replica.ts';
import type { ReplicaTable } from '../replica/replica-schema.ts';
import { settle } from './settle.ts';

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

/**
 * The whole new copy takes the place of the shown rows, by differences only: a row that did not change is not written,
 * a row with something pending is settled over its new server image.
 */
export function mergeStage(replica: Replica, table: ReplicaTable): void {
  const { name } = table;
  const unpatched = `NOT EXISTS (SELECT 1 FROM pending_base b WHERE b.tbl = '${name}' AND b.id = `;
  const cells = table.columns.filter((column) => column !== 'id');
  const differs = cells.map((column) => `t.${column} IS NOT s.${column}`).join(' OR ');
  const derive = (source: string) =>
    table.derived.map((d) => `${d.fn}(${d.from.map((c) => `${source}.${c}`).join(', ')})`);
  const changes = [
    `DELETE FROM ${name} AS t WHERE NOT EXISTS (SELECT 1 FROM ${name}__stage s WHERE s.id = t.id) AND ${unpatched}t.id)`,
    `UPDATE ${name} AS t SET ${[
      ...cells.map((column) => `${column} = s.${column}`),
      ...derive('s').map((value, i) => `${table.derived[i]?.column} = ${value}`),
    ].join(', ')} FROM ${name}__stage s WHERE s.id = t.id AND (${differs}) AND ${unpatched}t.id)`,
    `INSERT INTO ${name} (${[...table.columns, ...table.derived.map((d) => d.column)].join(', ')})
       SELECT ${[...table.columns.map((column) => `s.${column}`), ...derive('s')].join(', ')} FROM ${name}__stage s
       WHERE NOT EXISTS (SELECT 1 FROM ${name} t WHERE t.id = s.id) AND ${unpatched}s.id)`,
  ].map((sql) => replica.sql(sql).run().changes);
  if (changes.some((count) => count > 0)) replica.touch(name);
  const patched = replica.sql('SELECT id FROM pending_base WHERE tbl = ?').pluck().all(name) as string[];
  for (const id of patched) {
    const row = replica.sql(`SELECT * FROM ${name}__stage WHERE id = ?`).get(id) as Cells | undefined;
    settle(replica, name, id, row ?? null);
  }
  clearStage(replica, table);
}
