import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Identity } from '../../../shared/auth/auth-requests.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
import { isPlainDatabase, type ReplicaPlace } from '../replica/sealed-database.ts';
import { REPLICA_TABLES } from '../replica/replica-schema.ts';
import {
  besideOf,
  countUnits,
  isDamaged,
  keepAside,
  putAside,
  readKeptWorkOf,
  removeReplica,
  replaceReplica,
} from './carry-over.ts';
import { findOwner, stampOwner } from './replica-owner.ts';
import { sealPutAside, sealReplica } from './seal-replica.ts';

export type OpenedSafely = {
  replica: Replica;
  /** Without its key where the file could not be encrypted. */
  place: ReplicaPlace;
  /** What became of an earlier file, for the person in front of it. */
  notice: string | null;
};

type Report = (where: string, error: unknown) => void;

/**
 * Opens a replica. One of a version that did not encrypt is encrypted first. A damaged file is put aside and begun anew: the server has
 * everything but what had not left yet and what was refused, so that is carried over as far as it can be read. A file that its key does
 * not open is put aside as it is, with the work in it. So is one of somebody else, which is never shown.
 * One of a newer version throws and stays untouched.
 */
export function openOrRescue(
  wanted: ReplicaPlace,
  identity: Identity,
  onProblem: Report,
  now = Date.now(),
): OpenedSafely {
  const { file } = wanted;
  removeReplica(besideOf(file));
  const sealed = seal(wanted, onProblem);
  const { place } = sealed;
  const notice = putStrangersAside(place, identity, onProblem, now) ?? sealed.notice;
  try {
    const replica = openChecked(place);
    stampOwner(replica, identity);
    return { replica, place, notice };
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const found = isLocked(error, place) ? leaveLocked(place, onProblem, now) : rescue(place, identity, onProblem, now);
    const replica = openReplica(file, place.key);
    stampOwner(replica, identity);
    if (place.key !== null) sealPutAside(file, place.key, onProblem);
    return { replica, place, notice: found };
  }
}

/** A copy is put aside and the file replaced in one step: cut off anywhere, the next start finds the work in either. */
function rescue(place: ReplicaPlace, identity: Identity, onProblem: Report, now: number): string {
  const aside = keepAside(place.file, 'damaged', now);
  const kept = readKeptWorkOf({ ...place, file: aside });
  replaceReplica(place, identity, kept, (fresh) => stampOwner(fresh, identity));
  const count = countUnits(kept);
  onProblem(
    'replica',
    `The local copy was damaged and is being fetched anew; ${count} unsent changes were kept. The old file is ${aside}.`,
  );
  const kind = count === 1 ? 'change that was not saved was' : 'changes that were not saved were';
  return `The data on this computer was damaged and is being fetched anew. ${count} ${kind} found in it and kept.`;
}

/** Nothing at all of it can be read: its key is gone or another one, or its first page is. */
const isLocked = (error: unknown, { file, key }: ReplicaPlace): boolean =>
  key !== null && !isPlainDatabase(file) && error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB';

function leaveLocked({ file }: ReplicaPlace, onProblem: Report, now: number): string {
  const aside = putAside(file, 'locked', now);
  onProblem('replica', `The local copy cannot be opened with the key that is here and was put aside: ${aside}.`);
  return 'The data on this computer could not be opened: its key is no longer here, or the file is damaged. It is being fetched anew. Changes that had not reached the server are lost with it, unless the key comes back: the old file was put aside.';
}

function seal(place: ReplicaPlace, onProblem: Report): { place: ReplicaPlace; notice: string | null } {
  const { file, key } = place;
  if (key === null || !existsSync(path.dirname(file))) return { place, notice: null };
  try {
    sealReplica(file, key);
    sealPutAside(file, key, onProblem);
    return { place, notice: null };
  } catch (error) {
    onProblem('encryption', error);
    // A damaged one is rescued, into an encrypted file.
    if (isDamaged(error)) return { place, notice: null };
    const notice =
      'The data on this computer could not be encrypted yet, perhaps because the disk is full. You can go on working. Free some space and start Switchboard again.';
    return { place: { file, key: null }, notice };
  }
}

function putStrangersAside(
  place: ReplicaPlace,
  { userId, tenantId }: Identity,
  onProblem: Report,
  now: number,
): string | null {
  const owner = findOwner(place);
  if (!owner || (owner.userId === userId && owner.tenantId === tenantId)) return null;
  const aside = putAside(place.file, 'other-owner', now);
  onProblem('replica', `The local copy belonged to another user or tenant and was put aside, unopened: ${aside}.`);
  return 'The data that was on this computer belongs to somebody else or to another workspace. It was put aside, and yours is being fetched.';
}

function openChecked({ file, key }: ReplicaPlace): Replica {
  const replica = openReplica(file, key);
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
