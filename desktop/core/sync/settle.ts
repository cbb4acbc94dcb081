import { isSameCell, type Cells } from '../replica/cells.ts';
import type { Replica } from '../replica/open-replica.ts';
import { getReplicaTable, type ReplicaTable } from '../replica/replica-schema.ts';
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
      `SELECT p.kind, p.body FROM pending_target t JOIN pending_patch p ON p.seq = t.seq AND p.part = t.part
       WHERE t.tbl = ? AND t.id = ? ORDER BY t.seq, t.part`,
    )
    .all(table, id) as { kind: RowPatch['kind']; body: string | null }[];
  return rows.map(({ kind, body }) => ({ kind, cells: body ? (JSON.parse(body) as Cells) : {} }));
}

/** What the server has of this row: the saved image while patches lie over it, else the row itself. */
export function findServerRow(replica: Replica, table: ReplicaTable, id: string): Cells | null {
  const base = findBase(replica, table.name, id);
  return base ? base.row : findRow(replica, table, id);
}

export function findBase(replica: Replica, table: string, id: string): { row: Cells | null } | null {
  const base = replica.sql('SELECT image FROM pending_base WHERE tbl = ? AND id = ?').get(table, id) as
    | { image: string | null }
    | undefined;
  return base ? { row: base.image === null ? null : (JSON.parse(base.image) as Cells) } : null;
}

/**
 * Makes the shown row equal to `server` plus what is pending, and keeps the server's row aside exactly as long as
 * something is pending. Only cells that differ are written, so the echo of one's own edit costs no index a thing.
 */
export function settle(replica: Replica, tableName: string, id: string, server: Cells | null): void {
  const table = getReplicaTable(tableName);
  const patches = patchesOf(replica, tableName, id);
  showRow(replica, table, id, replay(id, server, patches));
  if (patches.length === 0) {
    replica.sql('DELETE FROM pending_base WHERE tbl = ? AND id = ?').run(tableName, id);
    return;
  }
  replica
    .sql(
      `INSERT INTO pending_base (tbl, id, image) VALUES (?, ?, ?)
       ON CONFLICT (tbl, id) DO UPDATE SET image = excluded.image`,
    )
    .run(tableName, id, server ? JSON.stringify(server) : null);
}

function showRow(replica: Replica, table: ReplicaTable, id: string, row: Cells | null): void {
  if (!row) return deleteRow(replica, table, id);
  const shown = findRow(replica, table, id);
  if (!shown) return upsertRow(replica, table, row);
  const differing = table.columns.filter((c) => !isSameCell(table.kinds[c] ?? 'text', shown[c], row[c]));
  if (differing.length === 0) return;
  updateRow(replica, table, id, Object.fromEntries(differing.map((c) => [c, row[c] ?? null])));
}
