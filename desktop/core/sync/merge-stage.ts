import { numbered, type Replica } from '../replica/open-replica.ts';
import { getReplicaTable, type ReplicaTable } from '../replica/replica-schema.ts';
import { resetSearch } from '../replica/search/build-search.ts';
import { readReceiptsOfCopy } from './receipts.ts';
import { settle } from './settle.ts';
import { clearStage, findStagedRow } from './stage.ts';

/** Rows of one step: holds the writer for a tenth of a second at most. */
const MERGE_SLICE = 5_000;
const SETTLE_SLICE = 1_000;

/**
 * A whole new copy takes the place of the shown rows, by differences only, in steps that let commands in between.
 *
 *   staging 1 (copy arrives) ── it is whole, and not older ──▶ staging 2 (merging) ── all steps ──▶ staging 0
 *
 * Between the steps a row is either still the old one or already the new one; whatever is touched meanwhile is taken from the copy
 * (`findServerRow`), so no row ever goes back. The stream's messages wait until the last step. A crash begins the steps again.
 */
export function* mergeStage(replica: Replica, name: string, slice = MERGE_SLICE): Generator<void> {
  const table = getReplicaTable(name);
  replica.tx(() => dropWordsOfMany(replica, table), 'fed');
  yield* overRows(replica, table, slice);
  yield* overNewRows(replica, table, slice);
  yield* overPatchedRows(replica, table, Math.min(slice, SETTLE_SLICE));
  replica.merging.delete(name);
  try {
    replica.tx(() => endMerge(replica, table), 'fed');
  } catch (error) {
    replica.merging.add(name);
    throw error;
  }
}

/** Where many rows will go, as when fewer days are kept: taking their words out row by row would take far longer than building anew. */
function dropWordsOfMany(replica: Replica, { name, search }: ReplicaTable): void {
  if (!search || search.isAwaited) return;
  const count = (table: string) => replica.sql(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  if (count(`${name}__stage`) < count(name) - MERGE_SLICE) resetSearch(replica, name);
}

const unpatched = (name: string, id: string) =>
  `NOT EXISTS (SELECT 1 FROM pending_base b WHERE b.tbl = '${name}' AND b.id = ${id})`;

/** Deletes what the copy lacks and changes what differs, along the rows that are shown. */
function* overRows(replica: Replica, table: ReplicaTable, slice: number): Generator<void> {
  const { name } = table;
  const cells = table.columns.filter((column) => column !== 'id');
  const within = 't.rid > ?1 AND t.rid <= ?2';
  const sets = [
    ...cells.map((column) => `${column} = s.${column}`),
    ...derivedFrom(table, 's').map((value, i) => `${table.derived[i]?.column} = ${value}`),
  ];
  const remove = `DELETE FROM ${name} AS t WHERE ${within} AND ${unpatched(name, 't.id')}
    AND NOT EXISTS (SELECT 1 FROM ${name}__stage s WHERE s.id = t.id)`;
  const change = `UPDATE ${name} AS t SET ${sets.join(', ')} FROM ${name}__stage s WHERE ${within} AND s.id = t.id
    AND (${cells.map((column) => `t.${column} IS NOT s.${column}`).join(' OR ')}) AND ${unpatched(name, 't.id')}`;
  for (let from: number | null = 0; from !== null;) {
    from = replica.tx(() => {
      const to = lastOf(replica, `SELECT rid AS at FROM ${name} WHERE rid > ? ORDER BY rid LIMIT ${slice}`, from ?? 0);
      if (to === null) return null;
      touched(replica, name, [remove, change], from ?? 0, to as number);
      return to as number;
    }, 'fed');
    if (from !== null) yield;
  }
}

/** Inserts what only the copy has. */
function* overNewRows(replica: Replica, table: ReplicaTable, slice: number): Generator<void> {
  const { name } = table;
  const insert = `INSERT INTO ${name} (${[...table.columns, ...table.derived.map((d) => d.column)].join(', ')})
    SELECT ${[...table.columns.map((column) => `s.${column}`), ...derivedFrom(table, 's')].join(', ')} FROM ${name}__stage s
    WHERE s.id > ?1 AND s.id <= ?2 AND NOT EXISTS (SELECT 1 FROM ${name} t WHERE t.id = s.id) AND ${unpatched(name, 's.id')}`;
  for (let from: string | null = ''; from !== null;) {
    from = replica.tx(() => {
      const to = lastOf(
        replica,
        `SELECT id AS at FROM ${name}__stage WHERE id > ? ORDER BY id LIMIT ${slice}`,
        from ?? '',
      );
      if (to === null) return null;
      touched(replica, name, [insert], from ?? '', to as string);
      return to as string;
    }, 'fed');
    if (from !== null) yield;
  }
}

/** Rows with something pending are settled over their new server image. Those that get patches meanwhile are right already. */
function* overPatchedRows(replica: Replica, table: ReplicaTable, slice: number): Generator<void> {
  const { name } = table;
  for (let from: string | null = ''; from !== null;) {
    from = replica.tx(() => {
      const ids = replica
        .sql('SELECT id FROM pending_base WHERE tbl = ? AND id > ? ORDER BY id LIMIT ?')
        .pluck()
        .all(name, from, slice) as string[];
      for (const id of ids) settle(replica, name, id, findStagedRow(replica, table, id));
      return ids.at(-1) ?? null;
    }, 'fed');
    if (from !== null) yield;
  }
}

function endMerge(replica: Replica, { name }: ReplicaTable): void {
  clearStage(replica, getReplicaTable(name));
  replica.sql('UPDATE stream SET staging = 0, ready = 1 WHERE tbl = ?').run(name);
  replica.touch(name);
  if (name !== 'write_receipts') return;
  const lsn = replica.sql('SELECT lsn FROM stream WHERE tbl = ?').pluck().get(name) as number;
  readReceiptsOfCopy(replica, lsn);
}

const derivedFrom = (table: ReplicaTable, source: string): string[] =>
  table.derived.map((d) => `${d.fn}(${d.from.map((c) => `${source}.${c}`).join(', ')})`);

const lastOf = (replica: Replica, slice: string, from: number | string): number | string | null =>
  replica.sql(`SELECT max(at) FROM (${slice})`).pluck().get(from) as number | string | null;

function touched(
  replica: Replica,
  name: string,
  statements: readonly string[],
  from: number | string,
  to: number | string,
): void {
  for (const sql of statements) {
    const { changes } = replica.sql(sql).run(numbered(from, to));
    if (changes > 0) replica.touch(name, changes);
  }
}
