import { isSameCell, type Cells } from '../replica/cells.ts';
import type { Replica } from '../replica/open-replica.ts';
import { getReplicaTable, type ReplicaTable } from '../replica/replica-schema.ts';
import { findStagedRow } from './stage.ts';
import { deleteRow, findRow, updateRow, upsertRow } from '../replica/write-rows.ts';

/** One pending act on one row, cells already encoded. */
export type RowPatch = { kind: 'insert' | 'set' | 'delete'; cells: Cells };

/**
 * The row as it is shown: the server's row with the pending patches replayed over it, oldest first.
 * An insert over a row that the server already has changes nothing: its row is the better one.
 */
export function replay(id: string, server: Cells | null, patches: readonly RowPatch[]): Cells | null {
  let row = server;
  for (const patch of patches) {
    if (patch.kind === 'delete') row = null;
    else if (patch.kind === 'insert') row ??= { ...patch.cells, id };
    else if (row) row = { ...row, ...patch.cells };
  }
  return row;
}

export function patchesOf(replica: Replica, table: string, id: string): RowPatch[] {
  const rows = replica
    .sql(
      `SELECT p.kind, p.body, t.own FROM pending_target t JOIN pending_patch p ON p.seq = t.seq AND p.part = t.part
       WHERE t.tbl = ? AND t.id = ? ORDER BY t.seq, t.part`,
    )
    .all(table, id) as { kind: RowPatch['kind']; body: string | null; own: string | null }[];
  return rows.map(({ kind, body, own }) => ({ kind, cells: { ...parse(body), ...parse(own) } }));
}

const parse = (json: string | null): Cells => (json === null ? {} : (JSON.parse(json) as Cells));

/**
 * What the server has of this row: the row itself, with the saved image over it where patches lie on top.
 * While a new copy of the table takes over, that copy has the say: whatever is touched meanwhile moves forward to it.
 */
export function findServerRow(replica: Replica, table: ReplicaTable, id: string): Cells | null {
  if (replica.merging.has(table.name)) return findStagedRow(replica, table, id);
  const base = findBase(replica, table.name, id);
  if (!base) return findRow(replica, table, id);
  return base.image && { ...findRow(replica, table, id), ...base.image };
}

/**
 * The server's image behind a row with pending patches: null says that the server has no such row. Where all patches only set
 * fields it holds just those, and the row itself has the rest.
 */
export function findBase(replica: Replica, table: string, id: string): { image: Cells | null } | null {
  const base = replica.sql('SELECT image FROM pending_base WHERE tbl = ? AND id = ?').get(table, id) as
    | { image: string | null }
    | undefined;
  return base ? { image: base.image === null ? null : parse(base.image) } : null;
}

/**
 * Makes the shown row equal to `server` plus what is pending, and keeps the server's side apart exactly as long as something is
 * pending. Only cells that differ are written, so the echo of one's own edit costs no index a thing.
 */
export function settle(replica: Replica, tableName: string, id: string, server: Cells | null): void {
  const table = getReplicaTable(tableName);
  const patches = patchesOf(replica, tableName, id);
  const shown = replay(id, server, patches);
  showRow(replica, table, id, shown);
  if (patches.length === 0) {
    replica.sql('DELETE FROM pending_base WHERE tbl = ? AND id = ?').run(tableName, id);
    return;
  }
  const image = server && imageOf(table, server, patches);
  replica
    .sql(
      `INSERT INTO pending_base (tbl, id, image, same) VALUES (?, ?, ?, ?)
       ON CONFLICT (tbl, id) DO UPDATE SET image = excluded.image, same = excluded.same`,
    )
    .run(tableName, id, image && JSON.stringify(image), isSameRow(table, shown, server) ? 1 : 0);
}

/** Where the row itself may be anything, the image is whole: no column of the row may show through. */
function imageOf(table: ReplicaTable, server: Cells, patches: readonly RowPatch[]): Cells {
  const onlySets = patches.every(({ kind }) => kind === 'set');
  const columns = new Set(onlySets ? patches.flatMap(({ cells }) => Object.keys(cells)) : table.columns);
  return Object.fromEntries([...columns].map((column) => [column, server[column] ?? null]));
}

function showRow(replica: Replica, table: ReplicaTable, id: string, row: Cells | null): void {
  if (!row) return deleteRow(replica, table, id);
  const shown = findRow(replica, table, id);
  if (!shown) return upsertRow(replica, table, row);
  const differing = differingColumns(table, shown, row);
  if (differing.length === 0) return;
  updateRow(replica, table, id, Object.fromEntries(differing.map((c) => [c, row[c] ?? null])));
}

const differingColumns = (table: ReplicaTable, a: Cells, b: Cells): string[] =>
  table.columns.filter((c) => !isSameCell(table.kinds[c] ?? 'text', a[c], b[c]));

const isSameRow = (table: ReplicaTable, a: Cells | null, b: Cells | null): boolean =>
  a === null || b === null ? a === b : differingColumns(table, a, b).length === 0;
