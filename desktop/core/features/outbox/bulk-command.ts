import type { Identity } from '../../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../../shared/catalog/operations.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import { newId } from '../../../../shared/kernel/ids.ts';
import type { Replica } from '../../replica/open-replica.ts';
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
 * One act on any number of rows: one unit for people, one write of 5,000 rows at a time for the machines, in the order of their
 * ids, so that neighbours are written together. The whole act is kept first: a crash in the middle of it goes on where it
 * stopped. The last step answers the unit.
 */
export function* runBulkCommand(
  replica: Replica,
  identity: Identity,
  { name, input }: Command,
  now: number,
  slice = SLICE,
): Generator<void, { writeId: string; id: null }> {
  const field = findOperation(name)?.bulk?.field ?? '';
  const given = input as Record<string, unknown>;
  const ids = [...new Set(given[field] as string[])].sort((a, b) => (a < b ? -1 : 1));
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

/** Goes on with acts that a crash cut short. What may not go on, because the person's role is another now, is given back. */
export function* resumeBulkCommands(replica: Replica, identity: Identity, slice = SLICE): Generator<void> {
  const kept = replica.sql('SELECT unit, name, input, made_at, next FROM bulk_command ORDER BY rowid').all() as Kept[];
  for (const one of kept) {
    const input = JSON.parse(one.input) as Record<string, unknown>;
    try {
      yield* slicesOf(replica, identity, one, input, slice);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      giveBack(replica, one.unit, input, error, slice);
    }
  }
}

/** The slices that were not begun become refused ones, with the reason: the person tries them again or lets them go. */
function giveBack(replica: Replica, unit: string, input: Record<string, unknown>, why: AppError, size: number): void {
  replica.tx(() => {
    const rest = replica.sql('SELECT name, made_at, next FROM bulk_command WHERE unit = ?').get(unit) as
      | Pick<Kept, 'name' | 'made_at' | 'next'>
      | undefined;
    if (!rest) return;
    const field = findOperation(rest.name)?.bulk?.field ?? '';
    const ids = input[field] as string[];
    for (let from = rest.next * size; from < ids.length; from += size)
      replica
        .sql(
          'INSERT INTO refused_write (write_id, name, input, made_at, unit, code, message) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(
          newId<'write'>(),
          rest.name,
          JSON.stringify({ ...input, [field]: ids.slice(from, from + size) }),
          rest.made_at,
          unit,
          why.code,
          why.message,
        );
    replica.sql('DELETE FROM bulk_command WHERE unit = ?').run(unit);
    replica.touch('outbox');
  });
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
    // The whole act is on disk already, and what a power cut takes of its slices is cut again: none of them waits for the disk.
    const goesOn = replica.tx(() => {
      // Taken back meanwhile: the rest is not begun. Cut by another walk, of a sign-in in the middle of it: that one goes on.
      const claim = replica.sql('UPDATE bulk_command SET next = ? WHERE unit = ? AND next = ?').run(at + 1, unit, at);
      if (claim.changes === 0) return false;
      runCommand(replica, identity, { name, input: slice, unit }, madeAt);
      return true;
    }, 'fed');
    if (!goesOn) return;
    yield;
  }
  replica.tx(() => void replica.sql('DELETE FROM bulk_command WHERE unit = ?').run(unit), 'fed');
}
