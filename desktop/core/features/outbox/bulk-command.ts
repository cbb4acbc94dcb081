import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../../shared/catalog/operations.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { Replica } from '../../replica/open-replica.ts';
import { getReplicaTable } from '../../replica/replica-schema.ts';
import { noteBulkSize } from './bulk-size.ts';
import { runCommand } from './run-command.ts';

/** Rows that one write carries: holds the writer for a quarter of a second at most. */
const SLICE = 5_000;

type Command = { name: string; input: unknown };
type Kept = { unit: string; name: string; input: string; made_at: number; next: number };

/** Whether a command names more rows than one write may carry. */
export function isBulkCommand({ name, input }: Command): boolean {
  const field = findOperation(name)?.bulk?.field;
  const ids = field ? (input as Record<string, unknown> | null)?.[field] : null;
  return Array.isArray(ids) && ids.length > SLICE;
}

/**
 * One act on any number of rows: one unit for people, one write of 5,000 rows at a time for the machines, in the order of the
 * table, so that neighbours are written together. The whole act is kept first: a crash in the middle of it goes on where it
 * stopped. The last step answers the unit.
 */
export function* runBulkCommand(
  replica: Replica,
  identity: Identity,
  { name, input }: Command,
  now: number,
  slice = SLICE,
): Generator<void, { writeId: string; id: null }> {
  const { field, table } = findOperation(name)?.bulk ?? { field: '', table: '' };
  const given = input as Record<string, unknown>;
  const ids = yield* sortByRow(replica, table, given[field] as string[]);
  const unit = newId<'write'>();
  const whole = { ...given, [field]: ids };
  replica.tx(() => {
    noteBulkSize(replica, unit, ids.length);
    // The first slice finds out whether the act is allowed and makes sense, before any of it is kept.
    runCommand(replica, identity, { name, input: { ...given, [field]: ids.slice(0, slice) }, unit }, now);
    replica
      .sql('INSERT INTO bulk_command (unit, name, input, made_at, next) VALUES (?, ?, ?, ?, 1)')
      .run(unit, name, JSON.stringify(whole), now);
  });
  yield;
  yield* slicesOf(replica, identity, { unit, name, made_at: now, next: 1 }, whole, slice);
  return { writeId: unit, id: null };
}

/** Goes on with acts that a crash cut short. */
export function* resumeBulkCommands(replica: Replica, identity: Identity, slice = SLICE): Generator<void> {
  const kept = replica.sql('SELECT unit, name, input, made_at, next FROM bulk_command ORDER BY rowid').all() as Kept[];
  for (const one of kept)
    yield* slicesOf(replica, identity, one, JSON.parse(one.input) as Record<string, unknown>, slice);
}

function* slicesOf(
  replica: Replica,
  identity: Identity,
  { unit, name, made_at: madeAt, next }: Omit<Kept, 'input'>,
  input: Record<string, unknown>,
  size: number,
): Generator<void> {
  const field = findOperation(name)?.bulk?.field ?? '';
  const ids = input[field] as string[];
  for (let at = next; at * size < ids.length; at += 1) {
    const slice = { ...input, [field]: ids.slice(at * size, (at + 1) * size) };
    const goesOn = replica.tx(() => {
      // Taken back meanwhile: the rest is not begun.
      if (replica.sql('UPDATE bulk_command SET next = ? WHERE unit = ?').run(at + 1, unit).changes === 0) return false;
      runCommand(replica, identity, { name, input: slice, unit }, madeAt);
      return true;
    });
    if (!goesOn) return;
    yield;
  }
  replica.tx(() => void replica.sql('DELETE FROM bulk_command WHERE unit = ?').run(unit), 'fed');
}

/** Ids in the order of their rows; those that are not here come last. */
function* sortByRow(replica: Replica, tableName: string, ids: readonly string[]): Generator<void, string[]> {
  const { name } = getReplicaTable(tableName);
  const rows: { id: string; rid: number }[] = [];
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += SLICE) {
    const found = replica
      .sql(
        `SELECT j.value AS id, coalesce(t.rid, 9007199254740991) AS rid FROM json_each(?) j LEFT JOIN ${name} t ON t.id = j.value`,
      )
      .all(JSON.stringify(unique.slice(from, from + SLICE))) as typeof rows;
    rows.push(...found);
    yield;
  }
  return rows.sort((a, b) => a.rid - b.rid).map(({ id }) => id);
}
