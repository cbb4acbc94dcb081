import { existsSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Identity } from '../../../shared/auth/auth-requests.ts';
import { findOperation } from '../../../shared/catalog/operations.ts';
import { marksOf } from '../features/outbox/write-marks.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { REPLICA_TABLES } from '../replica/replica-schema.ts';
import { writeLocally } from '../sync/local-write.ts';

type KeptWrite = { write_id: string; name: string; input: string; made_at: number; unit: string };

/**
 * Opens a replica, or where its file is damaged puts that aside and begins anew: the server has everything but what had
 * not left yet, so those writes are carried over as far as they can be read. They keep their ids, so none counts twice.
 */
export function openOrRescue(
  file: string,
  identity: Identity,
  onProblem: (where: string, error: unknown) => void,
): Replica {
  try {
    return openChecked(file);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const aside = file.replace(/\.sqlite$/, `.damaged-${Date.now()}.sqlite`);
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    const replica = openReplica(file);
    const kept = readKeptWrites(aside);
    for (const write of kept) carryOver(replica, identity, write);
    onProblem(
      'replica',
      `The local copy was damaged and is being fetched anew; ${kept.length} unsent changes were kept. The old file is ${aside}.`,
    );
    return replica;
  }
}

function openChecked(file: string): Replica {
  const replica = openReplica(file);
  try {
    // A look into every table finds torn pages that the header does not show; a full check would take seconds.
    for (const { name } of REPLICA_TABLES) replica.db.prepare(`SELECT * FROM ${name} ORDER BY rid DESC LIMIT 1`).get();
    replica.db.prepare('SELECT count(*) FROM pending_target').get();
    return replica;
  } catch (error) {
    replica.close();
    throw error;
  }
}

const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));

function readKeptWrites(file: string): KeptWrite[] {
  try {
    const db = new Database(file, { readonly: true });
    try {
      return db
        .prepare('SELECT write_id, name, input, made_at, unit FROM pending_write ORDER BY seq')
        .all() as KeptWrite[];
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamaged(error)) return [];
    throw error;
  }
}

function carryOver(replica: Replica, { userId, tenantId }: Identity, write: KeptWrite): void {
  const input: unknown = JSON.parse(write.input);
  const context = { now: write.made_at, userId, tenantId };
  const patches = findOperation(write.name)?.patches?.(input, context) ?? [];
  const { write_id: writeId, name, made_at: madeAt, unit } = write;
  writeLocally(replica, { writeId, name, input, madeAt, unit, patches, marks: marksOf(input, patches) });
}
