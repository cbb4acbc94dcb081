import { must } from '../../../shared/kernel/must.ts';
import { decodeCell, type Cells } from '../replica/cells.ts';
import { numbered, type Replica } from '../replica/open-replica.ts';
import { getReplicaTable, type ReplicaTable } from '../replica/replica-schema.ts';
import { beginLoad, finishLoad, mayLoad } from '../replica/load-table.ts';
import { deleteRow, updateRow, upsertRow } from '../replica/write-rows.ts';
import { confirm, confirmAll } from './confirm.ts';
import { mergeStage } from './merge-stage.ts';
import { findBase, findServerRow, settle } from './settle.ts';
import { clearStage, stageRow } from './stage.ts';
import { readReceipt, readReceiptsOfCopy } from './receipts.ts';

/** A message of a shape, values as Postgres text. */
export type ShapeMessage = {
  value?: Readonly<Record<string, unknown>>;
  headers: {
    operation?: 'insert' | 'update' | 'delete';
    control?: string;
    lsn?: unknown;
    op_position?: unknown;
    last?: unknown;
    global_last_seen_lsn?: unknown;
  };
};

/** Where a shape is to be resumed. Both null: from its beginning. */
export type Resume = { handle: string | null; offset: string | null };

type Position = { lsn: number; pos_lsn: number; pos_op: number; staging: number; ready: number; bulk: number };
/** The stream's position, and whether any row of the table has pending patches: nothing comes between while a slice is applied. */
type Slice = Position & { based: boolean };

/** A copy that cannot go on, because an update came for a row that never did. The table has to be fetched anew. */
export class LostTrack extends Error {}

const SLICE = 1_000;
/** While a table is loaded for the first time its rows are cheap: no indexes are kept. */
const LOAD_SLICE = 5_000;

/**
 * Applies a batch of one shape in transactions of at most 1,000 messages (5,000 of a first load), so that commands get in between.
 *
 *   batch ─ slice ─ slice ─ … ─ last slice + resume point
 *
 * A crash before the last slice brings the batch again: messages at or before the stored position are skipped then.
 * `pause` runs between slices.
 */
export async function applyBatch(
  replica: Replica,
  tableName: string,
  batch: readonly ShapeMessage[],
  resume: Resume,
  pause: () => Promise<void>,
): Promise<void> {
  const isReady = replica.sql('SELECT ready FROM stream WHERE tbl = ?').pluck().get(tableName) === 1;
  const size = isReady ? SLICE : LOAD_SLICE;
  for (let from = 0; from < batch.length; from += size) {
    if (from > 0) await pause();
    const isLast = from + size >= batch.length;
    applySlice(replica, tableName, batch.slice(from, from + size), isLast ? resume : null);
  }
  for (const _ of finishTable(replica, tableName)) await pause();
}

/** Who finishes a table now. */
const turns = new WeakMap<Replica, Map<string, symbol>>();

/**
 * The steps that are left when a copy is whole: putting it in place, building its indexes. Nothing when there are none.
 * Whoever finishes the table meanwhile takes over: these steps end then, before they meet a copy that is not theirs.
 */
export function* finishTable(replica: Replica, tableName: string, slice?: number): Generator<void> {
  const mine = Symbol(tableName);
  const turnsHere = turns.get(replica) ?? new Map<string, symbol>();
  turns.set(replica, turnsHere);
  const at = () =>
    replica.sql('SELECT staging, bulk FROM stream WHERE tbl = ?').get(tableName) as { staging: number; bulk: number };
  for (const [column, steps] of [
    ['staging', mergeStage],
    ['bulk', finishLoad],
  ] as const) {
    if (at()[column] !== 2) continue;
    turnsHere.set(tableName, mine);
    const left = steps(replica, tableName, slice);
    while (turnsHere.get(tableName) === mine && at()[column] === 2 && left.next().done !== true) yield;
    if (turnsHere.get(tableName) !== mine) return;
  }
}

/** The same, at once: nothing else of the table may be applied before. */
export function finishTableNow(replica: Replica, tableName: string): void {
  for (const _ of finishTable(replica, tableName));
}

export function applySlice(
  replica: Replica,
  tableName: string,
  messages: readonly ShapeMessage[],
  resume: Resume | null,
): void {
  const table = getReplicaTable(tableName);
  finishTableNow(replica, tableName);
  try {
    replica.tx(() => applyAll(replica, table, messages, resume), 'fed');
  } catch (error) {
    // What the transaction began is undone with it.
    replica.merging.delete(tableName);
    throw error;
  }
}

function applyAll(
  replica: Replica,
  table: ReplicaTable,
  messages: readonly ShapeMessage[],
  resume: Resume | null,
): void {
  const tableName = table.name;
  const at = replica
    .sql('SELECT lsn, pos_lsn, pos_op, staging, ready, bulk FROM stream WHERE tbl = ?')
    .get(tableName) as Slice;
  at.based = replica.sql('SELECT 1 FROM pending_base WHERE tbl = ? LIMIT 1').get(tableName) !== undefined;
  const before = JSON.stringify(at);
  if (!at.ready && !at.staging && !at.bulk && mayLoad(table) && messages.length > 100) {
    beginLoad(replica, table);
    at.bulk = 1;
  }
  for (const message of messages) applyMessage(replica, table, at, message);
  // An idle stream answers every 20 seconds: writing that down each time wore out disks elsewhere.
  if (JSON.stringify(at) !== before && (messages.some(saysMore) || isWatermarkMissed(replica, tableName)))
    replica
      .sql('UPDATE stream SET lsn = ?, pos_lsn = ?, pos_op = ?, staging = ?, ready = ?, bulk = ? WHERE tbl = ?')
      .run(at.lsn, at.pos_lsn, at.pos_op, at.staging, at.ready, at.bulk, tableName);
  if (resume)
    replica
      .sql(`UPDATE stream SET handle = ?1, "offset" = ?2 WHERE tbl = ?3 AND (handle IS NOT ?1 OR "offset" IS NOT ?2)`)
      .run(numbered(resume.handle, resume.offset, tableName));
  // Receipts may end writes of every table.
  if (tableName === 'write_receipts') confirmAll(replica);
  else confirm(replica, tableName);
}

const saysMore = ({ headers }: ShapeMessage): boolean => headers.control !== 'up-to-date';

/** Whether anything waits to learn that this stream has come further: a first copy, a write, or a look at how far each one is. */
function isWatermarkMissed(replica: Replica, tableName: string): boolean {
  return (
    replica
      .sql(
        `SELECT 1 FROM stream s WHERE tbl = ?1 AND (NOT ready OR staging OR bulk OR lsn < (SELECT max(lsn) FROM stream)
           OR EXISTS (SELECT 1 FROM pending_patch p WHERE p.tbl = ?1)
           OR (tbl = 'write_receipts' AND EXISTS (SELECT 1 FROM pending_write)))`,
      )
      .get(numbered(tableName)) !== undefined
  );
}

function applyMessage(replica: Replica, table: ReplicaTable, at: Slice, message: ShapeMessage): void {
  const { headers } = message;
  if (headers.control === 'must-refetch') return restart(replica, table, at);
  if (headers.control === 'up-to-date') return reachEnd(replica, table, at, headers.global_last_seen_lsn);
  if (!headers.operation) return;
  const lsn = headers.lsn === undefined ? null : Number(headers.lsn);
  if (lsn === null) {
    // Rows of the copy come before any change: one that comes after is a redelivery, and older than what is shown.
    if (at.pos_lsn > 0) return;
    return applyRow(replica, table, at, headers.operation, message.value ?? {}, null);
  }
  const op = Number(headers.op_position ?? 0);
  if (lsn < at.pos_lsn || (lsn === at.pos_lsn && op <= at.pos_op)) return;
  // A later transaction has begun, so all earlier ones are complete.
  if (lsn > at.pos_lsn && !at.staging) at.lsn = Math.max(at.lsn, at.pos_lsn);
  applyRow(replica, table, at, headers.operation, message.value ?? {}, lsn);
  at.pos_lsn = lsn;
  at.pos_op = op;
  if (headers.last === true && !at.staging) at.lsn = Math.max(at.lsn, lsn);
}

function applyRow(
  replica: Replica,
  table: ReplicaTable,
  at: Slice,
  operation: 'insert' | 'update' | 'delete',
  value: Readonly<Record<string, unknown>>,
  lsn: number | null,
): void {
  const cells = decodeRow(table, value);
  const id = String(must(cells['id'], `id of a row of ${table.name}`));
  if (table.name === 'write_receipts' && operation === 'insert' && lsn !== null) readReceipt(replica, cells, lsn);
  if (at.staging) {
    if (!stageRow(replica, table, operation, id, cells)) throw new LostTrack(table.name);
    return;
  }
  if (at.based && findBase(replica, table.name, id)) {
    const server = findServerRow(replica, table, id);
    if (operation === 'update' && !server) throw new LostTrack(table.name);
    return settle(replica, table.name, id, operation === 'delete' ? null : { ...server, ...cells });
  }
  if (operation === 'delete') return deleteRow(replica, table, id);
  if (operation === 'insert') return upsertRow(replica, table, cells);
  if (!updateRow(replica, table, id, cells)) throw new LostTrack(table.name);
}

function decodeRow(table: ReplicaTable, value: Readonly<Record<string, unknown>>): Cells {
  const cells: Cells = {};
  for (const column in value) {
    const kind = table.kinds[column];
    // A column of a newer server: this version has no place for it.
    if (kind) cells[column] = decodeCell(kind, value[column]);
  }
  return cells;
}

/** The server sends this table anew. What is shown stays until the new copy is whole. */
function restart(replica: Replica, table: ReplicaTable, at: Slice): void {
  clearStage(replica, table);
  at.pos_lsn = 0;
  at.pos_op = -1;
  at.staging = 1;
}

function reachEnd(replica: Replica, table: ReplicaTable, at: Slice, seen: unknown): void {
  const lsn = Math.max(seen === undefined ? 0 : Number(seen), at.pos_lsn);
  if (at.staging) {
    // A copy older than what is shown (a lagging server, a cached answer) would travel back in time: wait for more of it.
    if (lsn < at.lsn) return;
    at.staging = 2;
    replica.merging.add(table.name);
  }
  at.lsn = Math.max(at.lsn, lsn);
  if (at.bulk) at.bulk = 2;
  if (at.staging || at.bulk) return;
  at.ready = 1;
  if (table.name === 'write_receipts') readReceiptsOfCopy(replica, at.lsn);
}

/** Forgets the copy under way so that the table is fetched from its beginning, beside what is shown. */
export function fetchAnew(replica: Replica, tableName: string): void {
  applySlice(replica, tableName, [{ headers: { control: 'must-refetch' } }], { handle: null, offset: null });
}
