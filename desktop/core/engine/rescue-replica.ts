import type { Identity } from '../../../shared/auth/auth-requests.ts';
import { openReplica, type Replica } from '../replica/open-replica.ts';
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

export type OpenedSafely = {
  replica: Replica;
  /** What became of an earlier file, for the person in front of it. */
  notice: string | null;
};

/**
 * Opens a replica. A damaged file is put aside and begun anew: the server has everything but what had not left yet and what
 * was refused, so that is carried over as far as it can be read. A file of somebody else is put aside as it is and never shown.
 * One of a newer version throws and stays untouched.
 */
export function openOrRescue(
  file: string,
  identity: Identity,
  onProblem: (where: string, error: unknown) => void,
  now = Date.now(),
): OpenedSafely {
  removeReplica(besideOf(file));
  const notice = putStrangersAside(file, identity, onProblem, now);
  try {
    const replica = openChecked(file);
    stampOwner(replica, identity);
    return { replica, notice };
  } catch (error) {
    if (!isDamaged(error)) throw error;
    // A copy is put aside and the file replaced in one step: cut off anywhere, the next start finds the work in either.
    const aside = keepAside(file, 'damaged', now);
    const kept = readKeptWorkOf(aside);
    replaceReplica(file, identity, kept, (fresh) => stampOwner(fresh, identity));
    const replica = openReplica(file);
    const count = countUnits(kept);
    onProblem(
      'replica',
      `The local copy was damaged and is being fetched anew; ${count} unsent changes were kept. The old file is ${aside}.`,
    );
    const kind = count === 1 ? 'change that was not saved was' : 'changes that were not saved were';
    return {
      replica,
      notice: `The data on this computer was damaged and is being fetched anew. ${count} ${kind} found in it and kept.`,
    };
  }
}

function putStrangersAside(
  file: string,
  { userId, tenantId }: Identity,
  onProblem: (where: string, error: unknown) => void,
  now: number,
): string | null {
  const owner = findOwner(file);
  if (!owner || (owner.userId === userId && owner.tenantId === tenantId)) return null;
  const aside = putAside(file, 'other-owner', now);
  onProblem('replica', `The local copy belonged to another user or tenant and was put aside, unopened: ${aside}.`);
  return 'The data that was on this computer belongs to somebody else or to another workspace. It was put aside, and yours is being fetched.';
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
