import type { Cells } from '../replica/cells.ts';
import { numbered, type Replica } from '../replica/open-replica.ts';
import { getReplicaTable, type ReplicaTable } from '../replica/replica-schema.ts';
import { insertRowIfAbsent, updateRows } from '../replica/write-rows.ts';
import type { PatchGroup } from './patch-group.ts';
import { findServerRow, settle } from './settle.ts';

type Patched = { seq: number; part: number };

/**
 * Adds a patch over many rows, with its targets, server images and effect, in a few statements. Rows that other patches lie on
 * already go one by one where order matters (inserts and deletions); fields are set over them as over any other.
 */
export function patchInBulk(replica: Replica, table: ReplicaTable, at: Patched, group: PatchGroup): void {
  const { kind, rows } = group;
  const stacked = kind === 'set' ? new Map<string, Cells | null>() : findStacked(replica, table, rows);
  addTargets(replica, table, at, rows);
  const fresh = rows.filter(({ id }) => !stacked.has(id));
  const ids = JSON.stringify(fresh.map(({ id }) => id));
  if (kind === 'set') setRows(replica, table, ids, group.body);
  else if (kind === 'delete') deleteRows(replica, table, ids);
  else insertRows(replica, table, ids, { ...group, rows: fresh });
  for (const [id, server] of stacked) settle(replica, table.name, id, server);
}

/** The server's side of those rows that have patches already. */
function findStacked(replica: Replica, table: ReplicaTable, rows: PatchGroup['rows']): Map<string, Cells | null> {
  const ids = replica
    .sql('SELECT id FROM pending_base WHERE tbl = ? AND id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(table.name, JSON.stringify(rows.map(({ id }) => id))) as string[];
  return new Map(ids.map((id) => [id, findServerRow(replica, table, id)]));
}

function addTargets(replica: Replica, table: ReplicaTable, { seq, part }: Patched, rows: PatchGroup['rows']): void {
  replica
    .sql(
      `INSERT OR IGNORE INTO pending_target (tbl, id, seq, part, own)
       SELECT ?1, j.value ->> 0, ?2, ?3, nullif(j.value -> 1, 'null') FROM json_each(?4) j`,
    )
    .run(numbered<string | number>(table.name, seq, part, JSON.stringify(rows.map(({ id, own }) => [id, own]))));
}

const imageOf = (columns: readonly string[]): string =>
  `json_object(${columns.map((c) => `'${c}', e.${c}`).join(', ')})`;

/** Keeps the columns that are set, next to those that earlier patches made us keep: `json_insert` never overwrites one. */
function setRows(replica: Replica, table: ReplicaTable, ids: string, body: Cells): void {
  const columns = Object.keys(body);
  const kept = columns.map((c) => `'$.${c}', excluded.image ->> '$.${c}'`).join(', ');
  replica
    .sql(
      `INSERT INTO pending_base (tbl, id, image, same)
       SELECT ?1, j.value, iif(e.id IS NULL, NULL, ${imageOf(columns)}), 0
         FROM json_each(?2) j LEFT JOIN ${table.name} e ON e.id = j.value WHERE true
       ON CONFLICT (tbl, id) DO UPDATE SET image = json_insert(image, ${kept}), same = 0`,
    )
    .run(numbered(table.name, ids));
  updateRows(replica, table, ids, body);
}

function insertRows(replica: Replica, table: ReplicaTable, ids: string, { body, rows }: PatchGroup): void {
  // An insert gives way to a row that the server has already.
  replica
    .sql(
      `INSERT INTO pending_base (tbl, id, image, same)
       SELECT ?1, j.value, iif(e.id IS NULL, NULL, ${imageOf(table.columns)}), e.id IS NOT NULL
         FROM json_each(?2) j LEFT JOIN ${table.name} e ON e.id = j.value`,
    )
    .run(numbered(table.name, ids));
  for (const { id, own } of rows) insertRowIfAbsent(replica, table, { ...body, ...own, id });
}

function deleteRows(replica: Replica, table: ReplicaTable, ids: string): void {
  replica
    .sql(
      `INSERT INTO pending_base (tbl, id, image, same)
       SELECT ?1, j.value, iif(e.id IS NULL, NULL, ${imageOf(table.columns)}), e.id IS NULL
         FROM json_each(?2) j LEFT JOIN ${table.name} e ON e.id = j.value`,
    )
    .run(numbered(table.name, ids));
  const { changes } = replica.sql(`DELETE FROM ${table.name} WHERE id IN (SELECT value FROM json_each(?))`).run(ids);
  if (changes > 0) replica.touch(table.name, changes);
}

/** Ends the images of rows that no patch lies on any more and that are shown as the server has them. Answers the other ids. */
export function endSameRows(replica: Replica, table: string, ids: readonly string[]): string[] {
  const list = JSON.stringify(ids);
  replica
    .sql(
      `DELETE FROM pending_base WHERE tbl = ?1 AND same = 1 AND id IN (SELECT value FROM json_each(?2))
         AND NOT EXISTS (SELECT 1 FROM pending_target t WHERE t.tbl = ?1 AND t.id = pending_base.id)`,
    )
    .run(numbered(table, list));
  return replica
    .sql('SELECT id FROM pending_base WHERE tbl = ? AND id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(table, list) as string[];
}

/**
 * Takes a write off many rows in a few statements: those that it alone made are gone, fields that it alone set are as the server has them.
 * Rows that other patches lie on too, and whatever computes something of its fields, are left to be settled one by one.
 */
export function takeOffInBulk(replica: Replica, seq: number): void {
  const tables = replica.sql('SELECT DISTINCT tbl FROM pending_patch WHERE seq = ?').pluck().all(seq) as string[];
  for (const name of tables) {
    if (replica.merging.has(name)) continue;
    const table = getReplicaTable(name);
    takeOff(replica, table, seq, 'b.image IS NULL', (ids) => {
      const { changes } = replica.sql(`DELETE FROM ${name} WHERE id IN (SELECT value FROM json_each(?))`).run(ids);
      if (changes > 0) replica.touch(name, changes);
    });
    const columns = columnsSet(replica, table, seq);
    if (columns.length > 0)
      takeOff(replica, table, seq, 'b.image IS NOT NULL', (ids) => giveBack(replica, table, columns, ids));
  }
}

/** Nothing where the write did more than set fields, or something is computed of them. */
function columnsSet(replica: Replica, table: ReplicaTable, seq: number): string[] {
  const patches = replica
    .sql('SELECT kind, body FROM pending_patch WHERE seq = ? AND tbl = ?')
    .all(seq, table.name) as { kind: string; body: string | null }[];
  if (patches.some(({ kind, body }) => kind !== 'set' || body === null)) return [];
  const columns = [...new Set(patches.flatMap(({ body }) => Object.keys(JSON.parse(body ?? '{}') as Cells)))];
  return table.derived.some(({ from }) => from.some((column) => columns.includes(column))) ? [] : columns;
}

function giveBack(replica: Replica, { name }: ReplicaTable, columns: readonly string[], ids: string): void {
  const sets = columns.map((column) => `${column} = b.image ->> '$.${column}'`).join(', ');
  const { changes } = replica
    .sql(
      `UPDATE ${name} SET ${sets} FROM pending_base b
       WHERE b.tbl = '${name}' AND b.id = ${name}.id AND ${name}.id IN (SELECT value FROM json_each(?))`,
    )
    .run(ids);
  if (changes > 0) replica.touch(name, changes);
}

function takeOff(
  replica: Replica,
  { name }: ReplicaTable,
  seq: number,
  which: string,
  act: (ids: string) => void,
): void {
  const ids = replica
    .sql(
      `SELECT DISTINCT t.id FROM pending_target t JOIN pending_base b ON b.tbl = t.tbl AND b.id = t.id
       WHERE t.seq = ?1 AND t.tbl = ?2 AND ${which}
         AND NOT EXISTS (SELECT 1 FROM pending_target o WHERE o.tbl = t.tbl AND o.id = t.id AND o.seq <> ?1)`,
    )
    .pluck()
    .all(numbered<string | number>(seq, name)) as string[];
  if (ids.length <= replica.bulkFrom) return;
  const list = JSON.stringify(ids);
  act(list);
  for (const kept of ['pending_base WHERE tbl = ?1', 'pending_target WHERE tbl = ?1 AND seq = ?3'])
    replica
      .sql(`DELETE FROM ${kept} AND id IN (SELECT value FROM json_each(?2))`)
      .run(kept.includes('?3') ? numbered<string | number>(name, list, seq) : numbered<string | number>(name, list));
}
