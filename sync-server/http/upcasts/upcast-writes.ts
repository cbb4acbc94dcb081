import { AppError } from '../../../shared/kernel/app-error.ts';
import { OLDEST_WRITER, PROTOCOL_VERSION } from '../../../shared/protocol/protocol-version.ts';

type Named = { readonly name: string; readonly input?: unknown };

/**
 * What writes of protocol `from` mean in `from + 1`: another name, other fields. Pure, and for every input anybody may ever have
 * queued, because a computer can be switched on again after a year. What it does not know it leaves as it is.
 */
export type Upcast = { readonly from: number; readonly upcast: (write: Named) => Named };

/** One for every version from OLDEST_WRITER to the one before PROTOCOL_VERSION, in order: a file beside this one each. */
export const UPCASTS: readonly Upcast[] = [];

type Speaks = { current: number; oldest: number; upcasts: readonly Upcast[] };

/**
 * Writes as this version means them, whichever version queued them. Ids, clocks and bases stay as they were: a write that was decided
 * before the server's update is still known by its id. Throws `conflict` for a version that this server cannot read.
 */
export function upcastWrites<Write extends Named>(
  writes: readonly Write[],
  version: number,
  { current, oldest, upcasts }: Speaks = { current: PROTOCOL_VERSION, oldest: OLDEST_WRITER, upcasts: UPCASTS },
): Write[] {
  assertReadable(version, current, oldest);
  const steps = upcasts.filter(({ from }) => from >= version && from < current);
  return writes.map((write) => steps.reduce((sofar, { upcast }) => ({ ...sofar, ...upcast(sofar) }), write));
}

const APP_TOO_OLD =
  'This app is too old for the server. Your changes are kept on this computer and are sent after the update. Update Switchboard.';
const SERVER_TOO_OLD =
  'The server is older than this app. Your changes are kept on this computer and are sent after the update. Ask whoever runs it to update it.';

function assertReadable(version: number, current: number, oldest: number): void {
  if (version >= oldest && version <= current) return;
  const details = { reason: 'protocol', minimum: oldest, current };
  throw version < oldest
    ? new AppError('conflict', APP_TOO_OLD, details)
    : new AppError('conflict', SERVER_TOO_OLD, details);
}
